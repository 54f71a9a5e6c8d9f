"""What case flow prints."""
