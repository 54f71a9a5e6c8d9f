"""Replay an event log through the use cases of production, and report what the checks found."""
