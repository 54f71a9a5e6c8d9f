"""Pictures that the service draws: SVG, no script, nothing loaded from elsewhere."""
