"""The directory: bureaus, units, posts, persons, and who held what on any day."""
