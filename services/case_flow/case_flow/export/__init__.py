"""Matters as event logs in the two standard forms: XES (IEEE 1849-2016) and OCEL 2.0."""
