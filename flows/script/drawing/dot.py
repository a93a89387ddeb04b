"""A picture as text of Graphviz, which lays it out."""

from collections.abc import Iterator, Mapping
from html import escape

from flows.script.diff.words import NOUNS
from flows.script.drawing.labels import wrapped
from flows.script.drawing.picture import ANYWHERE, Arrow, Box, Mark, Picture
from flows.script.model import Ask, Branch, Call, Do, End, Say, Script

SHAPES: Mapping[type, str] = {
    Say: 'shape=box style="rounded,filled" fillcolor="#eef4fb"',
    Ask: 'shape=box style="filled" fillcolor="#ffffff"',
    Branch: 'shape=diamond style="filled" fillcolor="#f4f4f4" margin="0.02,0.02"',
    Do: 'shape=hexagon style="filled" fillcolor="#eee8f6" margin="0.02,0.02"',
    Call: 'shape=box peripheries=2 style="filled" fillcolor="#eee8f6"',
    End: 'shape=box style="rounded,filled" fillcolor="#e3e3e3"',
    Script: 'shape=note style="filled" fillcolor="#f4f4f4"',
}
MARKS: Mapping[Mark, str] = {
    Mark.SAME: "",
    Mark.NEW: ' color="#2e7d32" penwidth=2.5 fillcolor="#d9f2d9"',
    Mark.GONE: ' color="#b3261e" fontcolor="#8a5a55" style="dashed,filled" fillcolor="#fbe3e0"',
    Mark.CHANGED: ' color="#b26a00" penwidth=2.5 fillcolor="#fff3cd"',
    Mark.HERE: ' color="#0b57d0" penwidth=5 fillcolor="#c9defb"',
    Mark.PASSED: ' color="#0b57d0" penwidth=2 fillcolor="#e8f0fe"',
}
LINES: Mapping[Mark, str] = {
    Mark.SAME: "",
    Mark.NEW: ' color="#2e7d32" fontcolor="#2e7d32" penwidth=2.5',
    Mark.GONE: ' color="#b3261e" fontcolor="#b3261e" style=dashed',
    Mark.CHANGED: "",
    Mark.HERE: "",
    Mark.PASSED: "",
}
FOUND = "#b3261e"
DEBT = "#5e35b1"
FONT = "Noto Sans,Noto Sans CJK SC,Noto Sans SC,Helvetica,Arial,sans-serif"
COLUMNS, ROWS = 34, 4
HEAD = f"""\
digraph {{
  graph [rankdir=TB nodesep=0.35 ranksep=0.5 fontname="{FONT}" fontsize=16 labelloc=t charset="UTF-8"]
  node [fontname="{FONT}" fontsize=11 color="#555555" margin="0.14,0.07"]
  edge [fontname="{FONT}" fontsize=10 color="#777777" fontcolor="#333333" arrowsize=0.7]
  "•" [shape=circle style=filled fillcolor="#333333" width=0.18 label="" fixedsize=true]"""


def to_dot(picture: Picture) -> str:
    """Return the digraph: new parts green, gone ones red and dashed, changed amber, the debt violet, a talk blue."""
    lines = [HEAD, f"  label={_quoted(picture.title)}", f'  "•" -> {_quoted(picture.entry)}']
    lines += [_box(box, picture.of_the_debt) for box in picture.boxes]
    lines += [_arrow(arrow) for arrow in picture.arrows]
    return "\n".join((*lines, "}", ""))


def _quoted(text: str) -> str:
    text = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{text}"'


def _box(box: Box, of_the_debt: str) -> str:
    label = "<br/>".join(_lines(box, of_the_debt))
    tip = "\n".join((f"{NOUNS.get(box.kind, 'script')} {box.id}", box.words, *box.findings))
    looks = SHAPES[box.kind] + MARKS[box.mark]
    looks += f' color="{DEBT}" penwidth=3' if box.discloses and box.mark is Mark.SAME else ""
    looks += f' color="{FOUND}" penwidth=4' if box.findings else ""
    return f"  {_quoted(box.id)} [{looks} label=<{label}> tooltip={_quoted(tip)}]"


def _lines(box: Box, of_the_debt: str) -> Iterator[str]:
    if box.id != ANYWHERE:
        yield f"<b>{escape(box.id)}</b>"
    yield from (escape(line) for line in wrapped(box.words, COLUMNS, ROWS))
    if box.discloses:
        yield f'<font color="{DEBT}">{escape(of_the_debt)}</font>'
    for finding in box.findings:
        yield from (
            f'<font color="{FOUND}">{escape(line)}</font>' for line in wrapped(finding, COLUMNS, ROWS)
        )


def _arrow(arrow: Arrow) -> str:
    label = "\n".join(line for one in arrow.labels for line in wrapped(one, COLUMNS, ROWS))
    said = f"label={_quoted(label)}" if label else ""
    return f"  {_quoted(arrow.source)} -> {_quoted(arrow.target)} [{said}{LINES[arrow.mark]}]"
