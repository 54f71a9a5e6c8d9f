"""pytest fixtures: real PostgreSQL and NATS, a database per test, a clock that stands, identities, runtimes.

Load with `-p plumbline_shared.testing.plugin`. Nothing starts until a test asks for it.
"""

import shutil
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping, Sequence
from contextlib import AsyncExitStack
from datetime import datetime
from importlib import import_module
from pathlib import Path
from typing import Any, TypeAlias

import pytest
import pytest_asyncio

from plumbline_shared.clock import SHANGHAI, ManualClock
from plumbline_shared.database import Database
from plumbline_shared.graphql import Context
from plumbline_shared.migrate import Migrations
from plumbline_shared.principal import Principal
from plumbline_shared.process import close_runtime, open_runtime
from plumbline_shared.runtime import Runtime, ServiceDefinition
from plumbline_shared.settings import load
from plumbline_shared.testing.databases import DatabaseUrls, TemplateDatabases
from plumbline_shared.testing.nats import USERS, NatsServer
from plumbline_shared.testing.postgres import PostgresServer

# A service by name or definition, or, before it has one, a name with its migrations.
Source: TypeAlias = ServiceDefinition | str | tuple[str, Sequence[Migrations]]

START = datetime(2026, 4, 1, 9, 0, tzinfo=SHANGHAI)

DatabaseUrlsFor = Callable[[Source], Awaitable[DatabaseUrls]]
DatabaseFor = Callable[[Source], Awaitable[Database]]
RuntimeFor = Callable[..., Awaitable[Runtime]]
PersonFactory = Callable[..., Principal]
RunGraphQL = Callable[..., Awaitable[dict[str, Any]]]


@pytest.fixture(scope="session")
def server_folder() -> Iterator[Path]:
    """A folder for the servers' data that the account of PostgreSQL can enter."""
    folder = Path(tempfile.mkdtemp(prefix="plumbline-test-"))
    folder.chmod(0o711)
    yield folder
    shutil.rmtree((folder / "postgres").resolve(), ignore_errors=True)
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def postgres(server_folder: Path) -> Iterator[PostgresServer]:
    """One PostgreSQL server for the session; fast, not crash-safe."""
    with PostgresServer(server_folder / "postgres", durable=False) as server:
        yield server


@pytest.fixture(scope="session")
def nats(server_folder: Path) -> Iterator[NatsServer]:
    """One NATS server for the session, with every service's user."""
    with NatsServer(server_folder / "nats", _passwords()) as server:
        yield server


@pytest.fixture
def own_nats(tmp_path: Path) -> Iterator[NatsServer]:
    """A NATS server of this test alone (20 ms): empty streams, free to be killed."""
    with NatsServer(tmp_path / "nats", _passwords()) as server:
        yield server


def _passwords() -> dict[str, str]:
    return {user: f"{user}-test" for user in USERS}


@pytest.fixture
def clock() -> ManualClock:
    """Wed 2026-04-01 09:00 in Shanghai, until the test moves it."""
    return ManualClock(START)


@pytest.fixture(scope="session")
def templates(postgres: PostgresServer) -> TemplateDatabases:
    """The migrated templates of this session."""
    return TemplateDatabases(postgres)


@pytest_asyncio.fixture
async def database_urls_for(templates: TemplateDatabases) -> AsyncIterator[DatabaseUrlsFor]:
    """`await database_urls_for("education")`: a fresh, migrated database, dropped after the test."""
    made: list[DatabaseUrls] = []

    async def fresh(source: Source) -> DatabaseUrls:
        made.append(await templates.fresh(*migrations_of(source)))
        return made[-1]

    yield fresh
    for urls in made:
        await templates.drop(urls)


@pytest_asyncio.fixture
async def database_for(database_urls_for: DatabaseUrlsFor) -> AsyncIterator[DatabaseFor]:
    """`await database_for("education")`: a `Database` as the app's role, so row-level security holds."""
    async with AsyncExitStack() as stack:

        async def connect(source: Source) -> Database:
            database = await Database.connect((await database_urls_for(source)).app)
            stack.push_async_callback(database.close)
            return database

        yield connect


def migrations_of(source: Source) -> tuple[str, Sequence[Migrations]]:
    """The database's name and all that has to run in it."""
    if isinstance(source, tuple):
        return source
    definition = definition_of(source)
    return definition.name, definition.all_migrations()


def definition_of(service: ServiceDefinition | str) -> ServiceDefinition:
    """The definition itself, or the one that `<service>.app` holds."""
    return import_module(f"{service}.app").definition if isinstance(service, str) else service


@pytest_asyncio.fixture
async def runtime_for(
    database_urls_for: DatabaseUrlsFor, clock: ManualClock, request: pytest.FixtureRequest
) -> AsyncIterator[RuntimeFor]:
    """`await runtime_for(definition, bus=False, **settings)`: the service as in production, on a fresh database.

    `bus=True` joins it to this test's `own_nats`. Keyword arguments override its settings.
    """
    async with AsyncExitStack() as stack:

        async def start(service: ServiceDefinition | str, bus: bool = False, **extra: object) -> Runtime:
            definition = definition_of(service)
            urls = await database_urls_for(definition)
            server: NatsServer | None = request.getfixturevalue("own_nats") if bus else None
            runtime = await open_runtime(definition, settings_for(definition, urls, server, extra), clock)
            stack.push_async_callback(close_runtime, runtime)
            return runtime

        yield start


def settings_for(
    definition: ServiceDefinition,
    urls: DatabaseUrls,
    server: NatsServer | None,
    extra: Mapping[str, object],
) -> Any:
    """The service's typed settings for a test."""
    environ = {"DATABASE_URL": urls.app, "OWNER_DATABASE_URL": urls.owner, "MODE": "test", "POOL_SIZE": "4"}
    if server is not None:
        environ |= {
            "NATS_URL": f"nats://127.0.0.1:{server.port}",
            "NATS_USER": definition.name,
            "NATS_PASSWORD": server.passwords[definition.name],
        }
    return load(definition.settings, environ | {key.upper(): str(value) for key, value in extra.items()})


@pytest.fixture
def person() -> PersonFactory:
    """`person("D01.chen-gang", roles={"SECTION_CHIEF"}, units={"D01.POLICY"})`: an officer of that bureau."""
    return make_person


def make_person(
    person_id: str,
    roles: "frozenset[str] | set[str]" = frozenset(),
    units: "frozenset[str] | set[str]" = frozenset(),
    posts: "frozenset[str] | set[str]" = frozenset(),
    scopes: "frozenset[str] | set[str]" = frozenset(),
) -> Principal:
    """An officer; the bureau is the first part of the id."""
    return Principal(
        kind="person",
        person_id=person_id,
        bureau_id=person_id.split(".", 1)[0],
        roles=frozenset(roles),
        unit_ids=frozenset(units),
        post_ids=frozenset(posts),
        scopes=frozenset(scopes),
    )


@pytest.fixture
def graphql() -> RunGraphQL:
    """`await graphql(runtime, principal, query, variables)`: `{"data": …, "errors": […]}`, in the process."""
    return run_graphql


async def run_graphql(
    runtime: Runtime, principal: Principal, query: str, variables: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """Executes a document as `principal`; `errors` is there only when something failed."""
    result = await runtime.definition.schema.execute(
        query, dict(variables or {}), context_value=Context(runtime, principal)
    )
    answer: dict[str, Any] = {"data": getattr(result, "data", None)}
    if result.errors:
        answer["errors"] = [error.formatted for error in result.errors]
    return answer
