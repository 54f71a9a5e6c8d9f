"""The subgraph: each topic brings its part of Query and Mutation."""

import strawberry
from plumbline_shared.graphql import build_schema

from case_flow.api.items import ItemMutation, ItemQuery
from case_flow.api.matter_mutations import MatterMutation
from case_flow.api.matter_queries import MatterQuery
from case_flow.api.matters import Matter


@strawberry.type
class Query(MatterQuery, ItemQuery):
    """What may be asked of case flow."""


@strawberry.type
class Mutation(MatterMutation, ItemMutation):
    """What may be done in case flow."""


schema = build_schema(Query, Mutation, types=[Matter])
