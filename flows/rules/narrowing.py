"""What packs allow together: a child never more than its parent, a chain never less than nothing."""

from collections.abc import Iterator, Sequence

from flows.rules.action import Action, ActionKind, Channel, Purpose
from flows.rules.facts import Facts
from flows.rules.kinds import KINDS
from flows.rules.kinds.recording import contradict
from flows.rules.kinds.week import DAYS, Hours
from flows.rules.rule import Pack, Rule, Scope, Status

_ASKED = (
    Action(ActionKind.MESSAGE, Channel.MESSENGER, Purpose.NOTICE),
    Action(ActionKind.CALL, Channel.PHONE, Purpose.FOLLOW_UP),
    Action(ActionKind.VISIT_SLOT, Channel.VISIT, Purpose.VISIT),
)
_ANYBODY = Facts(zone="UTC", jurisdiction="", first_party=None)


def looser_than_parents(line: Sequence[Pack]) -> Iterator[tuple[Rule, Rule]]:
    """Yield the rules of the first pack that allow more than a rule of its parents about the same thing."""
    for rule in _standing(line[0]):
        within = KINDS[rule.kind].within
        for parent in (one for pack in line[1:] for one in _standing(pack)):
            same = parent.kind == rule.kind and _overlap(rule.scope, parent.scope)
            if within is not None and same and not within(rule.value, parent.value):
                yield rule, parent


def _standing(pack: Pack) -> Iterator[Rule]:
    return (rule for rule in pack.rules if rule.source.status is not Status.DRAFT)


def _overlap(one: Scope, other: Scope) -> bool:
    pairs = (
        (one.actions, other.actions),
        (one.channels, other.channels),
        (one.purposes, other.purposes),
        (one.places, other.places),
        (one.roles, other.roles),
        (one.lender_types, other.lender_types),
        (one.products, other.products),
    )
    parties = None in (one.first_party, other.first_party) or one.first_party == other.first_party
    return parties and all(not left or not right or not left.isdisjoint(right) for left, right in pairs)


def closed_for_good(packs: Sequence[Pack]) -> Iterator[tuple[Pack, Rule]]:
    """Yield the window after which nothing of the week is left for a message, a call or a visit."""
    for action in _ASKED:
        windows = _of_kind(packs, "contact_window", action)
        week: list[Hours] = [((0, 24 * 60),)] * len(DAYS)
        for pack, rule in windows:
            week = [_both(left, right) for left, right in zip(week, rule.value.week, strict=True)]
            if not any(week):
                yield pack, rule
                break


def _both(left: Hours, right: Hours) -> Hours:
    spans = ((max(a, c), min(b, d)) for a, b in left for c, d in right)
    return tuple((opens, closes) for opens, closes in spans if opens < closes)


def no_team_fits(packs: Sequence[Pack]) -> Iterator[tuple[Pack, Rule]]:
    """Yield the staffing rule after which no number of people is enough and not too many."""
    least, most = 1, None
    for pack, rule in _of_kind(packs, "staffing", _ASKED[-1]):
        least = max(least, rule.value.least)
        tops = [one for one in (most, rule.value.most) if one is not None]
        most = min(tops, default=None)
        if most is not None and most < least:
            yield pack, rule
            return


def no_recording_fits(packs: Sequence[Pack]) -> Iterator[tuple[Pack, Rule]]:
    """Yield the rules on recording that an earlier one contradicts: one forbids what the other requires."""
    earlier: list[Rule] = []
    for pack in packs:
        for rule in _standing(pack):
            if rule.kind == "recording":
                if any(
                    _overlap(rule.scope, one.scope) and contradict(rule.value, one.value) for one in earlier
                ):
                    yield pack, rule
                earlier.append(rule)


def _of_kind(packs: Sequence[Pack], kind: str, action: Action) -> list[tuple[Pack, Rule]]:
    return [
        (pack, rule)
        for pack in packs
        for rule in _standing(pack)
        if rule.kind == kind and rule.scope.covers(action, _ANYBODY)
    ]
