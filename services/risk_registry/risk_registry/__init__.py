"""Risk registry: risk points, their grades over time, who oversees them, and the review that grades them."""
