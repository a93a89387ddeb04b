"""What a file comes to: how many rows of each fate, what would change, and the tables that go back to its sender."""

from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass, field

from bot.casework.intake import Bad, Sheet
from bot.casework.problems import TEXTS, Problem
from bot.documents.safe_csv import SafeCsv
from bot.i18n.text import T
from bot.service.desk.files.headings import headings
from bot.service.installation import Installation
from flows.script import Text

Open = Callable[[], AbstractContextManager[SafeCsv]]

ROW = T("returned/row", "row")
WRONG = T("returned/wrong", "what is wrong")
RIGHT = T("returned/right", "what would be right")
CHANGES_HEAD = (
    T("returned/case_ref", "case_ref"),
    T("returned/column", "column"),
    T("returned/before", "before"),
    T("returned/after", "after"),
)


class Paper:
    """A table that goes back, made when its first row comes; what is beyond `limit` rows is only counted."""

    def __init__(self, make: Open, limit: int | None = None) -> None:
        self._make = make
        self._limit = limit
        self._open = ExitStack()
        self._table: SafeCsv | None = None
        self.head: Sequence[str] = ()
        self.rows = 0

    @property
    def written(self) -> int:
        """How many rows are in it."""
        return self.rows if self._limit is None else min(self.rows, self._limit)

    def add(self, cells: Sequence[str]) -> None:
        """Add a row."""
        self.rows += 1
        if self._limit is not None and self.rows > self._limit:
            return
        if self._table is None:
            self._table = self._open.enter_context(self._make())
            self._table.row(self.head)
        self._table.row(cells)

    def close(self) -> None:
        """Bring it to its place."""
        self._open.close()


@dataclass(slots=True)
class Findings:
    """How many rows came to what. `fields` counts how often each column of known cases changes."""

    kind: str = ""
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    rejected: int = 0
    header: list[Problem] = field(default_factory=list)
    fields: Counter[str] = field(default_factory=Counter)

    @property
    def rows(self) -> int:
        """How many rows were read."""
        return self.new + self.changed + self.unchanged + self.rejected

    @property
    def takes(self) -> int:
        """How many rows bring something."""
        return self.new + self.changed

    def counts(self) -> dict[str, int]:
        """Return the figures as they are kept with the batch."""
        return {name: getattr(self, name) for name in ("new", "changed", "unchanged", "rejected")}


class Report:
    """Gathers the findings of one file, and writes what goes back in the language of its sender.

    `told` hears each problem as a line in English, for the terminal.
    """

    def __init__(
        self,
        inst: Installation,
        locale: str,
        rejected: Paper,
        changes: Paper,
        told: Callable[[str], None] = lambda _: None,
    ) -> None:
        self.findings = Findings()
        self._told = told
        self.rejected = rejected
        self.changes = changes
        self._inst = inst
        self._locale = locale
        self._kept: Sequence[int] = ()
        self._headings: dict[str, str] = {}
        changes.head = [self._say(text) for text in CHANGES_HEAD]

    def begin(self, sheet: Sheet) -> None:
        """Take the header down."""
        self.findings.kind = sheet.layout.kind
        self.findings.header = list(sheet.problems)
        self._headings = {
            ours: theirs for ours, theirs in zip(sheet.columns, sheet.header, strict=True) if ours
        }
        own = [heading for heading in sheet.header if headings().is_ours(heading)]
        self._kept = [place for place, heading in enumerate(sheet.header) if heading not in own]
        self.rejected.head = [*self._theirs(sheet.header), *(self._say(text) for text in (ROW, WRONG, RIGHT))]
        self._tell(sheet.problems)

    def bad(self, row: Bad) -> None:
        """Give a row back with what is wrong and what would be right, each in a column of its own."""
        self.findings.rejected += 1
        wrong, right = ("; ".join(self._reason(one, part) for one in row.problems) for part in (0, 1))
        self.rejected.add([*self._theirs(row.cells), str(row.row), wrong, right])
        self._tell(row.problems)

    def change(self, case_ref: str, column: str, before: str, after: str) -> None:
        """Note that a column of a known case changes."""
        self.findings.fields[column] += 1
        self.changes.add([case_ref, self.heading(column), before, after])

    def heading(self, column: str) -> str:
        """Return what the file calls one of our columns."""
        return self._headings.get(column, column)

    def reasons(self) -> list[str]:
        """Return what is wrong with the header and what would be right, in the sender's language."""
        return [f"{self._reason(one, 0)}; {self._reason(one, 1)}" for one in self.findings.header]

    def close(self) -> None:
        """Bring the tables to their places."""
        self.rejected.close()
        self.changes.close()

    def _reason(self, problem: Problem, part: int) -> str:
        words = self._say(TEXTS[problem.code][part]).format_map(problem.args)
        where = self._headings.get(problem.column, problem.column)
        return f"{where}: {words}" if where else words

    def _theirs(self, cells: Sequence[str]) -> list[str]:
        """Return the sender's own cells: what we added to an earlier file is not added to again."""
        return [cells[place] if place < len(cells) else "" for place in self._kept]

    def _tell(self, problems: Sequence[Problem]) -> None:
        for one in problems:
            self._told(f"row {one.row}, {one.column}: {one.wrong}; {one.right}")

    def _say(self, text: Text) -> str:
        return self._inst.catalogues.text(self._locale, text.context, text.msgid)
