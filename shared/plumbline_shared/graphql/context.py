"""What a resolver may reach: who asks, when, the service's runtime, and loaders that live for one request."""

from collections.abc import Awaitable, Callable, Sequence
from contextlib import AbstractAsyncContextManager
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar, cast

import strawberry
from strawberry.dataloader import DataLoader

from plumbline_shared.auth import Claims
from plumbline_shared.clock import local_date
from plumbline_shared.database import Connection
from plumbline_shared.errors import Unauthenticated
from plumbline_shared.principal import Principal

if TYPE_CHECKING:
    from plumbline_shared.runtime import Runtime

Key = TypeVar("Key")
Value = TypeVar("Value")


class Context:
    """One request. `now` is read once, so that one answer has one "now"."""

    def __init__(self, runtime: "Runtime", principal: Principal, claims: Claims | None = None) -> None:
        self.runtime = runtime
        self.principal = principal
        self._claims = claims
        self.now: datetime = runtime.clock.now()
        self._loaders: dict[Callable[..., Any], DataLoader[Any, Any]] = {}

    @property
    def today(self) -> date:
        """The date in Asia/Shanghai."""
        return local_date(self.now)

    async def renew(self) -> None:
        """The caller as of this moment, and nothing that was loaded before: a subscription outlives posts and roles."""
        if self._claims is not None:
            self.principal = await self.runtime.principal(self._claims)
        self.now = self.runtime.clock.now()
        self._loaders = {}

    def read(self) -> AbstractAsyncContextManager[Connection]:
        """A read-only snapshot in which row-level security knows who asks."""
        return self.runtime.db.read(self.principal)

    def loader(
        self, load: "Callable[[Context, list[Key]], Awaitable[Sequence[Value]]]"
    ) -> DataLoader[Key, Value]:
        """The request's batching loader for `load`, a function of this context and a list of keys.

        `load` answers in the order of the keys, with None for what is absent or not to be seen.
        """
        if load not in self._loaders:

            async def batch(keys: list[Key]) -> Sequence[Value]:
                return await load(self, keys)

            self._loaders[load] = DataLoader(load_fn=batch)
        return cast(DataLoader[Key, Value], self._loaders[load])

    def person_id(self) -> str:
        """The person who asks. Raises Unauthenticated for anybody else."""
        if self.principal.person_id is None:
            raise Unauthenticated("this needs a person: send a bearer token of an officer")
        return self.principal.person_id

    def __getitem__(self, key: str) -> Any:
        return getattr(self, key)


Info: TypeAlias = strawberry.Info[Context, None]
