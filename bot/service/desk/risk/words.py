"""Risk in words: each view with what drove it, what is not known and what would change it, then the treatment."""

from collections.abc import Iterator
from typing import Any
from zoneinfo import ZoneInfo

from bot.casework.risk import Reason, Scored
from bot.i18n import formats
from bot.i18n.text import T
from bot.service.desk.risk.treatment import Standing
from bot.service.installation import Installation
from flows.script import Text

SHOWN = 3  # reasons, and changes, of a view; all of them are in `risk show --json`
LIST = " · "
VIEW = T("risk/view", "{title}: {grade}")
NOT_KNOWN = T("risk/not_known", "Not known: {missing}")
COULD_BE = T("risk/could_be", "Once that is known: between “{best}” and “{worst}”")
WOULD_CHANGE = T("risk/would_change", "What would change it: {changes}")
RECOMMENDED = T("risk/recommended", "Recommended: {treatment} ({because})")
DECIDED = T("risk/decided", "Decided on {day}: {treatment}")
NEEDS_DECISION = T("risk/needs_decision", "Nothing is planned before a person has decided.")
LEFT_OUT = T("risk/left_out", "{case_ref}: {treatment} ({because})")
LEFT_OUT_DECIDED = T("risk/left_out_decided", "{case_ref}: {treatment}, decided on {day}")
LEFT_OUT_OPEN = T("risk/left_out_open", "{case_ref}: {treatment}, still to be decided")


class RiskWords:
    """Says how cases stand, in one language."""

    def __init__(self, inst: Installation, locale: str) -> None:
        self._inst = inst
        self._locale = locale

    def say(self, text: Text, **values: object) -> str:
        """Return a text with its placeholders filled in."""
        words = self._inst.catalogues.text(self._locale, text.context, text.msgid)
        return words.format_map(values) if text.names else words

    def reason(self, reason: Reason) -> str:
        """Return what a factor came to."""
        value = reason.value
        shown = formats.number(self._locale, value) if isinstance(value, int) else ""
        return self.say(reason.band.say, value=shown)

    def lines(self, standing: Standing) -> Iterator[str]:
        """Yield the whole picture, line by line."""
        for scored in standing.assessment.views.values():
            yield from self.view(scored)
            yield ""
        yield from self.treatment(standing)

    def view(self, scored: Scored) -> Iterator[str]:
        """Yield one view: its grade, the weightiest reasons, what is missing, what would change it."""
        yield self.say(VIEW, title=self.say(scored.card.title), grade=self.say(scored.grade.label))
        drove = [one for one in scored.reasons if one.value is not None and one.band.points][:SHOWN]
        if drove:
            yield f"– {LIST.join(map(self.reason, drove))}"
        if scored.missing:
            yield f"– {self.say(NOT_KNOWN, missing=LIST.join(map(self.reason, scored.missing)))}"
        if scored.best != scored.worst:
            best, worst = self.say(scored.best.label), self.say(scored.worst.label)
            yield f"– {self.say(COULD_BE, best=best, worst=worst)}"
        if scored.changes:
            changes = [self.say(one.factor.change) for one in scored.changes[:SHOWN]]
            yield f"– {self.say(WOULD_CHANGE, changes=LIST.join(changes))}"

    def treatment(self, standing: Standing) -> Iterator[str]:
        """Yield what is recommended and what was decided, or that somebody has to."""
        found = standing.assessment.recommendation
        label = self.say(standing.recommended.label)
        yield self.say(RECOMMENDED, treatment=label, because=self.say(found.row.because))
        if standing.decision is not None:
            label = self.say(standing.treatment.label)
            yield self.say(DECIDED, day=self._decided_on(standing.decision), treatment=label)
        if standing.needs_decision:
            yield self.say(NEEDS_DECISION)

    def left_out(self, standing: Standing) -> str:
        """Return in one line why no visit is planned for a case."""
        values = {"case_ref": standing.case.case_ref, "treatment": self.say(standing.treatment.label)}
        if standing.needs_decision:
            return self.say(LEFT_OUT_OPEN, **values)
        if standing.decision is not None:
            return self.say(LEFT_OUT_DECIDED, day=self._decided_on(standing.decision), **values)
        because = self.say(standing.assessment.recommendation.row.because)
        return self.say(LEFT_OUT, because=because, **values)

    def _decided_on(self, decision: Any) -> str:
        """Return the day of the decision, in the scheduler's own zone."""
        zone = ZoneInfo(self._inst.settings.timezone)
        return formats.date(self._locale, decision.decided_at.astimezone(zone).date())
