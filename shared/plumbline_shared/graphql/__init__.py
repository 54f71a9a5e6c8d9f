"""What every subgraph shares: schema base, request context, errors as data, connections."""

from plumbline_shared.graphql.connection import (
    Connection,
    Edge,
    PageInfo,
    decode_cursor,
    encode_cursor,
    page_size,
    paginate,
)
from plumbline_shared.graphql.context import Context, Info
from plumbline_shared.graphql.live import Heard, heard, live
from plumbline_shared.graphql.mutation import UserError, run
from plumbline_shared.graphql.schema import FederatedSchema, build_schema
from plumbline_shared.graphql.values import Citation, DayUnit, Deadline, deadline_value

__all__ = [
    "Citation",
    "Connection",
    "Context",
    "DayUnit",
    "Deadline",
    "Edge",
    "FederatedSchema",
    "Heard",
    "Info",
    "PageInfo",
    "UserError",
    "build_schema",
    "deadline_value",
    "decode_cursor",
    "encode_cursor",
    "heard",
    "live",
    "page_size",
    "paginate",
    "run",
]
