"""The picture of a script as SVG. The only importer of PyGraphviz, whose wheels bring Graphviz along."""

from pygraphviz import AGraph


def svg(dot: str) -> bytes:
    """Return the digraph laid out from top to bottom."""
    return bytes(AGraph(string=dot).draw(format="svg", prog="dot"))
