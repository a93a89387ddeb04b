"""The answer and its reasons: a receipt that can be kept, read back and judged again."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Self

from flows.rules.action import Action
from flows.rules.codec import decode, encode
from flows.rules.facts import Facts
from flows.rules.finding import Outcome


@dataclass(frozen=True, slots=True)
class RuleRef:
    """One rule in one version of its pack, written `UK@1/uk-time`; a receipt keeps it so."""

    id: str
    pack: str
    version: int

    def __str__(self) -> str:
        return f"{self.pack}@{self.version}/{self.id}"

    @classmethod
    def read(cls, text: str) -> Self:
        """Read `UK@1/uk-time`. Raises ValueError for what is none."""
        named, _, rule = text.partition("/")
        pack, _, version = named.partition("@")
        return cls(rule, pack, int(version))


@dataclass(frozen=True, slots=True)
class SetAside:
    """A rule that did not bind because a reviewer overrode it: who that was, from which day on, and why."""

    rule: RuleRef
    by: str
    on: date | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class MandatoryLine:
    """A sentence that this message must carry, and the rule that wants it; `text` is English."""

    id: str
    text: str
    rule: RuleRef


@dataclass(frozen=True, slots=True)
class Verdict:
    """The answer. `until` is aware UTC: the next lawful instant, as far as it is known now.

    `bound` is the rule that decided, with its `kind`, `title`, `citation`, `force` and `status`; `delayed_by` every
    rule that pushed `until` on; `consulted` all that were asked; `set_aside` those of them that a person had
    overridden. `action`, `facts` and `at` are what they were asked about.
    """

    outcome: Outcome
    action: Action
    facts: Facts
    at: datetime
    until: datetime | None = None
    bound: RuleRef | None = None
    kind: str = ""
    title: str = ""
    citation: str = ""
    force: str = ""
    status: str = ""
    delayed_by: tuple[RuleRef, ...] = ()
    consulted: tuple[RuleRef, ...] = ()
    set_aside: tuple[SetAside, ...] = ()
    lines: tuple[MandatoryLine, ...] = ()

    @property
    def facts_used(self) -> Mapping[str, Any]:
        """The facts as plain data, defaults left out."""
        found: Mapping[str, Any] = encode(self.facts)
        return found

    def to_json(self) -> dict[str, Any]:
        """Return the receipt that is kept with the message, the slot or the step."""
        found: dict[str, Any] = encode(self)
        return found

    @classmethod
    def from_json(cls, receipt: Mapping[str, Any]) -> Self:
        """Read a kept receipt. Raises ValueError, KeyError or TypeError for what is none."""
        found: Self = decode(cls, receipt)
        return found
