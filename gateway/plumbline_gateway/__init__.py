"""The federated GraphQL gateway: one schema over six services."""
