"""The file of the decision table to a `TreatmentTable`, and its proofs against the scorecards' grades."""

from collections.abc import Iterator, Mapping
from itertools import product

from bot.casework.risk.inputs import INPUTS, View
from bot.casework.risk.model import Grade, Row, Scorecard, Treatment, TreatmentCard, TreatmentTable
from bot.casework.risk.scorecard_file import read_scorecard, version_of
from bot.casework.risk.scoring import recommend
from flows.errors import ScriptInvalid
from flows.script.document import MappingNode, Node, ScalarNode, compose, plain
from flows.script.fields import Fields, Reading
from flows.script.issue import Issue
from flows.script.lock import sha256_of
from flows.script.model import Place

_TABLE = ("table", "version", "treatments", "rows")
_TREATMENT = ("id", "label", "visit", "stands", "helps")


def read_table(source: str, file: str) -> TreatmentTable:
    """Return the table that `source` writes; `file` is its name for messages. Raises ScriptInvalid."""
    reading = Reading(file)
    fields = Fields(reading, compose(source, file), "A table of treatments", _TABLE, ("note",))
    reading.name = "risk/treatment"
    table = TreatmentTable(
        name=fields.id("table"),
        version=version_of(fields),
        treatments=_treatments(fields),
        rows=_rows(fields),
        file=file,
        sha256=sha256_of(source),
        places=reading.places,
    )
    if reading.issues:
        raise ScriptInvalid(tuple(sorted(reading.issues)))
    return table


def read_any(source: str, file: str) -> Scorecard | TreatmentTable:
    """Return what `source` writes, a table if it says `table`, else a scorecard. Raises ScriptInvalid."""
    root = compose(source, file)
    keys = {str(key.value) for key, _ in root.value} if isinstance(root, MappingNode) else set()
    return read_table(source, file) if "table" in keys else read_scorecard(source, file)


def _treatments(fields: Fields) -> Mapping[Treatment, TreatmentCard]:
    found: dict[Treatment, TreatmentCard] = {}
    for node in fields.items("treatments"):
        inner = Fields(fields.reading, node, "A treatment", _TREATMENT, ())
        card = TreatmentCard(
            id=inner.member("id", Treatment, Treatment.DO_NOT_VISIT),
            label=inner.text("label", f"label/{inner.value('id')}"),
            visit=inner.flag("visit", default=False),
            stands=inner.flag("stands", default=False),
            helps=inner.flag("helps", default=False),
        )
        if card.id in found:
            inner.wrong("id", "RS201", f"`{card.id}` stands here twice.")
        found[card.id] = card
    left = ", ".join(one for one in Treatment if one not in found)
    if left:
        fields.wrong("treatments", "RS202", f"Say what these mean, too: {left}.")
    return found


def _rows(fields: Fields) -> tuple[Row, ...]:
    rows: list[Row] = []
    for node in fields.items("rows"):
        inner = Fields(fields.reading, node, "A row", ("id", "then", "because"), ("when", "note"))
        name = inner.id("id")
        row = Row(
            id=name,
            when=_conditions(inner),
            then=inner.member("then", Treatment, Treatment.DO_NOT_VISIT),
            because=inner.text("because", f"because/{name}"),
        )
        if row.because.names:
            inner.wrong("because", "RS203", "There is nothing to fill in here.")
        if name in {earlier.id for earlier in rows}:
            inner.wrong("id", "RS204", f"Two rows are called `{name}`.")
        if rows and not rows[-1].when:
            inner.wrong("id", "RS205", "This is never reached: the row before always holds.")
        fields.reading.stands(f"row/{name}", node)
        rows.append(row)
    if not rows or rows[-1].when:
        fields.wrong("rows", "RS206", "The last row has no `when`, so that every case has an answer.")
    return tuple(rows)


def _conditions(fields: Fields) -> Mapping[str, frozenset[str]]:
    if not fields.has("when"):
        return {}
    node = fields.at("when")
    if not isinstance(node, MappingNode):
        fields.wrong("when", "RS207", "`when` is a mapping of views and inputs to words.")
        return {}
    return {str(key.value): frozenset(_told(fields.reading, key, value)) for key, value in node.value}


def _told(reading: Reading, key: Node, node: Node) -> Iterator[str]:
    """Yield the words of a condition. Those of inputs are known here, those of views only with the scorecards."""
    name = str(key.value)
    words = [str(node.value)] if isinstance(node, ScalarNode) else plain(node)
    known = INPUTS[name].words if name in INPUTS else None
    if name not in set(View) and not known:
        reading.wrong(key, "RS208", f"`{name}` is no view, and no input that is told in words.")
    elif not isinstance(words, list) or not words:
        reading.wrong(node, "RS207", "A condition is a word, or a list of words.")
    else:
        for word in words:
            if known and word not in known:
                reading.wrong(node, "RS209", f"`{name}` is never `{word}`; it is {', '.join(sorted(known))}.")
            yield str(word)


def check_table(table: TreatmentTable, cards: Mapping[View, Scorecard]) -> tuple[Issue, ...]:
    """Return what does not hold between the table and the scorecards, with file and line."""
    return tuple(sorted((*_unknown_grades(table, cards), *_shadowed(table), *_unhelped(table, cards))))


def _issue(table: TreatmentTable, row: Row, code: str, message: str) -> Issue:
    place = table.places.get(f"row/{row.id}", Place(1, 1))
    return Issue(table.file, place.line, place.column, code, message)


def _unknown_grades(table: TreatmentTable, cards: Mapping[View, Scorecard]) -> Iterator[Issue]:
    for row in table.rows:
        for name, words in row.when.items():
            if name in set(View):
                ids = [grade.id for grade in cards[View(name)].grades]
                for word in sorted(words - set(ids)):
                    yield _issue(
                        table, row, "RS210", f"`{name}` has no grade `{word}`; it has {', '.join(ids)}."
                    )


def _shadowed(table: TreatmentTable) -> Iterator[Issue]:
    for place, row in enumerate(table.rows):
        for earlier in table.rows[:place]:
            if earlier.when and _covers(earlier, row):
                yield _issue(
                    table, row, "RS211", f"This is never reached: `{earlier.id}` holds whenever it does."
                )


def _covers(earlier: Row, later: Row) -> bool:
    """Does the earlier row hold whenever the later one does?"""
    return all(later.when.get(name, words | {""}) <= words for name, words in earlier.when.items())


def _unhelped(table: TreatmentTable, cards: Mapping[View, Scorecard]) -> Iterator[Issue]:
    """Vulnerability changes the treatment and never costs anybody help: its worst grade leads to a helping one."""
    told: set[str] = set()
    for grades in _every_grade(cards):
        found = recommend(table, grades, {})
        if not found.treatment.helps and found.row.id not in told:
            told.add(found.row.id)
            worst = grades[View.VULNERABILITY].id
            message = f"With vulnerability `{worst}` this row leads nobody to help (`helps: true`)."
            yield _issue(table, found.row, "RS212", message)


def _every_grade(cards: Mapping[View, Scorecard]) -> Iterator[Mapping[View, Grade]]:
    """Yield every combination of grades in which vulnerability is at its worst."""
    views = [view for view in View if view is not View.VULNERABILITY]
    worst = cards[View.VULNERABILITY].grades[-1]
    for combination in product(*(cards[view].grades for view in views)):
        yield {**dict(zip(views, combination, strict=True)), View.VULNERABILITY: worst}
