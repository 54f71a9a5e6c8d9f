"""What the register looks like on paper and on screen: handbooks, diagrams, heat maps, the public view."""
