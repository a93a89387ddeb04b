"""What the columns of a file are called: our own names and their synonyms, in any of the languages."""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

Synonyms = Mapping[str, Sequence[str]]


def plain(cell: str) -> str:
    """Return a heading without what does not matter: capitals, widths, blanks, dashes and underscores at will."""
    text = unicodedata.normalize("NFKC", cell.replace("\ufeff", "")).casefold()
    return "_".join(text.replace("-", " ").replace("_", " ").split())


@dataclass(frozen=True, slots=True)
class Headings:
    """The columns of each kind of file (`cases`, `payments`) by every plain name that they may have.

    `ours` are the columns that we add to a file which we hand back.
    """

    by_kind: Mapping[str, Mapping[str, str]]
    ours: frozenset[str]

    def column(self, kind: str, heading: str) -> str:
        """Return our name of a column, empty for one that we do not know."""
        return self.by_kind[kind].get(plain(heading), "")

    def is_ours(self, heading: str) -> bool:
        """Did we add this column ourselves?"""
        return plain(heading) in self.ours


def headings_of(document: Mapping[str, Mapping[str, Sequence[str]] | Sequence[str]]) -> Headings:
    """Return the headings that a document such as headings.yaml tells.

    Raises ValueError for a name that would stand for two columns of the same kind of file.
    """
    kinds = {kind: columns for kind, columns in document.items() if isinstance(columns, Mapping)}
    ours = document.get("ours", ())
    return Headings(
        by_kind={kind: _by_name(columns) for kind, columns in kinds.items()},
        ours=frozenset(plain(name) for name in ours),
    )


def _by_name(columns: Synonyms) -> Mapping[str, str]:
    found: dict[str, str] = {}
    for column, synonyms in columns.items():
        for name in {plain(column), *map(plain, synonyms)}:
            if found.setdefault(name, column) != column:
                raise ValueError(f"{name} stands for both {found[name]} and {column}")
    return found
