"""Graphviz, in the worker only: it is not thread-safe."""

import pygraphviz


def svg(dot: str) -> bytes:
    """The diagram of a DOT text. Raises for a text that is no graph."""
    graph = pygraphviz.AGraph(string=dot)
    try:
        return graph.draw(format="svg", prog="dot")
    finally:
        graph.close()
