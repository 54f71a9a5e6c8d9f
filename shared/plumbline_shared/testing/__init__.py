"""Test doubles and fixtures that travel with the library."""
