"""Graphviz, in the worker only: it is not thread-safe."""

from typing import Any

import pygraphviz


def svg(dot: str) -> bytes:
    """The diagram of a DOT text. Raises for a text that is no graph."""
    graph: Any = pygraphviz.AGraph(string=dot)
    try:
        return graph.draw(format="svg", prog="dot")
    finally:
        graph.close()
