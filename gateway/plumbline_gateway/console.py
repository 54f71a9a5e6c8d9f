"""GraphiQL for development, served from its npm package as built by the set-up: works without a network."""

from starlette.responses import FileResponse, HTMLResponse, Response
from starlette.routing import BaseRoute, Mount
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from plumbline_gateway import media
from plumbline_gateway.node import node_folder

FOLDER = node_folder() / "console"
BUILT = FOLDER / "dist"


def wanted(scope: Scope) -> bool:
    """Whether a browser asks for the page rather than for an answer."""
    accept = next((value.decode("latin-1") for name, value in scope["headers"] if name == b"accept"), None)
    return media.wants_page(accept) and b"query=" not in scope["query_string"]


def page() -> Response:
    """The page, or a line that says how to build it."""
    if not BUILT.is_dir():
        return HTMLResponse("<p>GraphiQL is not built: run `make setup`. 请先运行 make setup。</p>", 503)
    return FileResponse(FOLDER / "index.html", headers={"cache-control": "no-cache"})


def routes() -> list[BaseRoute]:
    """Its scripts and styles."""
    return [Mount("/console", StaticFiles(directory=BUILT, check_dir=False))]
