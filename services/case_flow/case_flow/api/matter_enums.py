"""The enums of matters, named for the graph."""

import strawberry

from case_flow.domain.definition import Outcome, State

strawberry.enum(State, name="MatterState", description="办理状态 (requirements 3.2)")
strawberry.enum(Outcome, name="MatterOutcome", description="批准 / 不予批准")

__all__ = ["Outcome", "State"]
