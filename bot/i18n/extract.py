"""Which texts there are: in YAML (scripts, packs, scorecards, solutions) and behind `T`, `P` and `Text` in code.

`extract_script` is a Babel extraction method, so that any tool of gettext can read scripts.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from babel.messages.extract import extract

from bot.casework.affordability import Form, read_form
from bot.casework.risk import Scorecard, TreatmentTable, read_scorecard, read_table
from bot.casework.solutions import Catalogue, read_catalogue
from bot.i18n.places import Place, places
from bot.i18n.text import line_context, title_context
from flows.rules import parse_pack
from flows.script import parse, texts

_PACKS = "flows/rules/packs/*/v*.yaml"
_SCRIPTS = "flows/scripts/*/v*.yaml"
_CASEWORK: Mapping[str, Callable[[str, str], Scorecard | TreatmentTable | Form | Catalogue]] = {
    "bot/casework/risk/scorecards/*/v*.yaml": read_scorecard,
    "bot/casework/risk/treatments/*/v*.yaml": read_table,
    "bot/casework/affordability/statements/*/v*.yaml": read_form,
    "bot/casework/solutions/products/*/v*.yaml": read_catalogue,
}
_CODE = {"flows": "flows/**/*.py", "bot": "bot/**/*.py"}
_MARKERS = {"T": ((1, "c"), 2), "P": ((1, "c"), 2, 3), "Text": ((1, "c"), 2)}


@dataclass(frozen=True, slots=True)
class Found:
    """One text: context, English (a pair for a plural), place, and what its translator should know."""

    context: str
    msgid: str | tuple[str, ...]
    path: str
    line: int
    comments: tuple[str, ...] = ()


def found_texts(root: Path, domain: str) -> Iterator[Found]:
    """Yield every text of `domain` below `root`, file by file. Raises ScriptInvalid for a broken script."""
    if domain == "flows":
        for path in sorted(root.glob(_SCRIPTS)):
            yield from found_in_script(path.read_text("utf-8"), path.relative_to(root).as_posix())
        for path in sorted(root.glob(_PACKS)):
            yield from _in_pack(path.read_text("utf-8"), path.relative_to(root).as_posix())
    else:
        yield from _in_casework(root)
    for path in sorted(root.glob(_CODE[domain])):
        with path.open("rb") as file:
            yield from _in_code(file, path.relative_to(root).as_posix())


def extract_script(
    fileobj: IO[bytes],
    keywords: Mapping[str, object],  # noqa: ARG001 - Babel's signature
    comment_tags: Collection[str],  # noqa: ARG001 - Babel's signature
    options: Mapping[str, object],  # noqa: ARG001 - Babel's signature
) -> Iterator[tuple[int, str, tuple[str, str], list[str]]]:
    """Yield the texts of one script as Babel wants them: line, `pgettext`, (context, msgid), comments."""
    name = str(getattr(fileobj, "name", "script.yaml"))
    for found in found_in_script(fileobj.read().decode("utf-8"), name):
        yield found.line, "pgettext", (found.context, str(found.msgid)), list(found.comments)


def found_in_script(source: str, path: str) -> Iterator[Found]:
    """Yield the texts of one script with the notes of its author. Raises ScriptInvalid for a broken one."""
    known = places(source)
    for text in texts(parse(source, path)):
        step = text.context.split("/")[1]
        place = known.get((step, text.msgid)) or known.get(("", text.msgid)) or Place(1)
        comments = (place.note,) if place.note else ()
        yield Found(text.context, text.msgid, path, place.line, comments)


def _in_casework(root: Path) -> Iterator[Found]:
    """Yield the texts of scorecards, the table of treatments, the statement, the solutions: each knows its place."""
    for pattern, read in _CASEWORK.items():
        for path in sorted(root.glob(pattern)):
            name = path.relative_to(root).as_posix()
            card = read(path.read_text("utf-8"), name)
            for text in card.texts():
                place = card.places[
                    max((key for key in card.places if text.context.endswith(f"/{key}")), key=len)
                ]
                yield Found(text.context, text.msgid, name, place.line)


def _in_pack(source: str, path: str) -> Iterator[Found]:
    """Yield the titles of a pack's rules, and its mandatory lines. A citation stays as its source writes it."""
    pack = parse_pack(source, path)
    for rule in pack.rules:
        at = pack.places[f"rule/{rule.id}"].line
        yield Found(title_context(rule.id), rule.title, path, at, (rule.source.citation,))
        if rule.kind == "mandatory_line":
            line = rule.value.finding.line
            place = pack.places[f"rule/{rule.id}/value"]
            yield Found(line_context(line.id), line.text, path, place.line, (rule.title,))


def _in_code(file: IO[bytes], path: str) -> Iterator[Found]:
    for line, msgid, comments, context in extract("python", file, keywords=_MARKERS, comment_tags=("i18n:",)):
        if context is not None:
            yield Found(context, msgid, path, line, tuple(comments))
