"""The proofs that a script passes before it goes live: a table of checks, each for one kind of fault."""

from collections.abc import Callable, Iterator

from flows.script.issue import Issue
from flows.script.lint import disclosure, graph, lengths, outcomes, people, rights, silence, values, wording
from flows.script.lint.known import Known, Lengths, Phrase, Start, Translate
from flows.script.model import Script

__all__ = ["CHECKS", "Known", "Lengths", "Phrase", "Start", "Translate", "lint"]

Check = Callable[[Script, Known], Iterator[Issue]]
CHECKS: tuple[Check, ...] = (
    graph.unknown_targets,
    graph.unreachable,
    graph.endless,
    graph.unwatched,
    graph.restless,
    graph.hidden,
    silence.nagging,
    outcomes.unknown_effects,
    outcomes.effect_outcomes,
    outcomes.call_outcomes,
    disclosure.undisclosed,
    disclosure.third_party,
    disclosure.unmarked,
    disclosure.unsaid_lines,
    values.unset,
    values.unheard,
    values.lost,
    people.at_hand,
    people.never_said,
    rights.hijacked,
    wording.unknown_placeholders,
    wording.translations,
    wording.long_texts,
    wording.long_labels,
    lengths.filled_in,
    wording.long_ids,
    wording.many_buttons,
)


def lint(script: Script, known: Known) -> tuple[Issue, ...]:
    """Return all that is wrong with `script`, which is linked, in the order of the file."""
    return tuple(sorted({issue for check in CHECKS for issue in check(script, known)}))
