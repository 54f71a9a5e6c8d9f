"""The whole suite on one machine, from PyPI wheels alone."""
