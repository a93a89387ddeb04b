"""A picture as text of Mermaid, which wikis and code hosts draw by themselves."""

from collections.abc import Iterator, Mapping

from flows.script.drawing.labels import wrapped
from flows.script.drawing.picture import ANYWHERE, Arrow, Box, Mark, Picture
from flows.script.model import Ask, Branch, Call, Do, End, Say, Script

SHAPES: Mapping[type, tuple[str, str]] = {
    Say: ("(", ")"),
    Ask: ("[", "]"),
    Branch: ("{", "}"),
    Do: ("{{", "}}"),
    Call: ("[[", "]]"),
    End: ("([", "])"),
    Script: (">", "]"),
}
LINES: Mapping[Mark, str] = {Mark.SAME: "-->", Mark.NEW: "==>", Mark.GONE: "-.->", Mark.CHANGED: "-->"}
CLASSES = """\
    classDef new fill:#d9f2d9,stroke:#2e7d32,stroke-width:2px
    classDef gone fill:#fbe3e0,stroke:#b3261e,stroke-dasharray:4 3
    classDef changed fill:#fff3cd,stroke:#b26a00,stroke-width:2px
    classDef here fill:#c9defb,stroke:#0b57d0,stroke-width:5px
    classDef passed fill:#e8f0fe,stroke:#0b57d0,stroke-width:2px
    classDef debt stroke:#5e35b1,stroke-width:3px
    classDef finding stroke:#b3261e,stroke-width:4px"""
COLUMNS, ROWS = 36, 4


def to_mermaid(picture: Picture) -> str:
    """Return the flowchart: new parts thick, gone ones dashed, changed boxes amber."""
    lines = ["---", f"title: {picture.title}", "---", "flowchart TD"]
    lines += [f"    start(( )) --> {_id(picture.entry)}"]
    for box in picture.boxes:
        lines += _box(box)
    lines += [_arrow(arrow) for arrow in picture.arrows]
    return "\n".join((*lines, CLASSES, ""))


def _id(name: str) -> str:
    """Return a name that is no word of Mermaid's own, such as `end`."""
    return f"s_{name}" if name else "anywhere"


def _box(box: Box) -> Iterator[str]:
    opens, closes = SHAPES[box.kind]
    lines = [f"<b>{_safe(box.id)}</b>"] if box.id != ANYWHERE else []
    lines += [_safe(line) for line in wrapped(box.words, COLUMNS, ROWS)]
    lines += [f"⚠ {_safe(line)}" for finding in box.findings for line in wrapped(finding, COLUMNS, ROWS)]
    yield f'    {_id(box.id)}{opens}"{"<br/>".join(lines)}"{closes}'
    marks = {"debt": box.discloses, str(box.mark): box.mark is not Mark.SAME, "finding": bool(box.findings)}
    yield from (f"    class {_id(box.id)} {name}" for name, held in marks.items() if held)


def _arrow(arrow: Arrow) -> str:
    labels = "<br/>".join(_safe(one) for one in arrow.labels)
    said = f'|"{labels}"| ' if labels else " "
    return f"    {_id(arrow.source)} {LINES[arrow.mark]}{said}{_id(arrow.target)}"


def _safe(text: str) -> str:
    for sign in '#&<>"`[]{}|':
        text = text.replace(sign, f"\0{ord(sign)};")
    return text.replace("\0", "#")
