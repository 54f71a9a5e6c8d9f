"""The state of one running operation: what is known, what went wrong, who asks."""

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from plumbline_gateway.errors import ErrorDict
from plumbline_gateway.paths import Location
from plumbline_gateway.transport import SubgraphFailed
from plumbline_gateway.values import is_object


class Caller(Protocol):
    """Whoever asks: the headers that a subgraph gets to see for this caller."""

    def headers(self, service: str) -> Mapping[str, str]: ...


class Subgraphs(Protocol):
    """Where operations are sent."""

    async def post(self, service: str, body: bytes, headers: Mapping[str, str]) -> dict[str, Any]:
        """Raises SubgraphFailed."""
        ...


class Execution:
    """Of one operation. `data` grows with every fetch; response keys are the client's."""

    __slots__ = ("_caller", "_subgraphs", "data", "errors", "max_representations", "variables")

    def __init__(
        self,
        subgraphs: Subgraphs,
        caller: Caller,
        variables: Mapping[str, Any],
        max_representations: int,
    ) -> None:
        self.data: dict[str, Any] = {}
        self.errors: list[ErrorDict] = []
        self.variables = variables
        self.max_representations = max_representations
        self._subgraphs = subgraphs
        self._caller = caller

    async def post(self, service: str, body: bytes, at: Location) -> dict[str, Any] | None:
        """The answer, or None after noting why there is none."""
        try:
            return await self._subgraphs.post(service, body, self._caller.headers(service))
        except SubgraphFailed as failed:
            self.errors.append(failed.error(at))
            return None

    def note(self, service: str, found: Mapping[str, Any], places: Sequence[Location]) -> None:
        """One error of a subgraph, once for every place that it concerns."""
        extensions = found.get("extensions")
        given: dict[str, Any] = extensions if is_object(extensions) else {}
        kept = {"code": "SUBGRAPH_ERROR", **given, "serviceName": service}
        message = str(found.get("message") or "the subgraph gave no message")
        for place in places:
            one: ErrorDict = {"message": message, "extensions": kept}
            if place:
                one["path"] = list(place)
            self.errors.append(one)
