"""Event contracts of the suite: one Protobuf message per event, one package per context."""
