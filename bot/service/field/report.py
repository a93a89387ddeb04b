"""The report of a visit: what was planned, who came when, what was said, and both sides' account, as a PDF."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from zoneinfo import ZoneInfo

import orjson

from bot.documents.report import Report, Section
from bot.i18n import formats
from bot.i18n.text import T
from bot.service.conversations.batch import Batch
from bot.service.desk.cases.casefile import ANSWER_PLACE, CaseFile, key_of
from bot.service.field.answers import written
from bot.service.field.evidence.items import Item, items_of_visit
from bot.service.field.evidence.words import EvidenceWords
from bot.service.outbound.texts import NOTHING, SUMMARY_LABELS
from bot.store import answers
from flows.script import Text

TITLE = T("report/title", "Visit report {case_ref}")
SUBTITLE = T("report/subtitle", "{day}, {time}")
FOOTER = T("report/footer", "Confidential. Made by Doorstep on {day}, {time}.")
SECTIONS = {
    "visit": T("report/visit", "The visit"),
    "said": T("report/said", "What was said"),
    "notes": T("report/notes", "Notes"),
    "evidence": T("report/evidence", "Evidence ({count})"),
    "account": T("report/account", "Both accounts"),
}
ROWS = {
    "collector": T("report/collector", "Collector"),
    "safety_officer": T("report/safety_officer", "Safety officer"),
    "identity": T("report/identity", "Identity established"),
    "mood": T("report/mood", "The safety officer's view"),
    "fact": T("report/fact", "Fact"),
    "team": T("report/team", "Collector"),
    "customer": T("report/customer", "Customer"),
}
FACTS = {
    "when": T("report/when", "Time"),
    "who": T("report/who", "Who came"),
    "conduct": T("report/conduct", "Conduct"),
    "offered": T("report/offered", "What was offered"),
    "agreed": T("report/agreed", "What was agreed"),
}
PRESENCE = T("report/presence", "{name} (badge {badge}), in {came}, out {left}")
SAID: Mapping[str, Text] = {
    "drives": T("report/drives", "Who drives"),
    "recording_consent": T("report/recording_consent", "Recording"),
    "entry": T("report/entry", "Inside or outside"),
    **SUMMARY_LABELS,
}
SHARES = {"evidence": (1, 3, 2, 6)}
EVIDENCE = T("report/evidence_line", "{what} ({who})")
NOTES = ("note", "note_file", "skipped_because")
REPORT_CAPTION = T("report/caption", "{case_ref}: the report of the visit.")


async def visit_report(batch: Batch, visit_id: int, locale: str) -> Report:
    """Return what the report of a visit says in a language; corrections stand beside what was said first."""
    visit = await batch.visit(visit_id)
    case = await batch.case(visit.case_id)
    writer = _Writer(batch, case, visit, locale)
    said = [writer.open(row) for row in await answers.of_visit(batch.tx, visit_id)]
    evidence = await items_of_visit(batch, visit_id)
    sections = {
        "visit": [row async for row in writer.presence(said)],
        "said": list(writer.said(said)),
        "notes": list(writer.notes(said)),
        "evidence": [await writer.evidence(item) for item in evidence],
        "account": list(writer.accounts(said)),
    }
    return Report(
        locale=locale,
        title=writer.say(TITLE, case_ref=case.case_ref),
        subtitle=writer.say(SUBTITLE, **writer.when(visit.starts_at)),
        sections=[
            Section(writer.say(SECTIONS[name], count=len(rows)), rows, SHARES.get(name, ()))
            for name, rows in sections.items()
        ],
        footer=writer.say(FOOTER, **writer.when(batch.now)),
    )


class _Said:
    """One answer, opened: when, at which step, under which name, which value, by whom."""

    def __init__(self, row: Any, value: object, by_staff: bool) -> None:  # noqa: FBT001
        self.at, self.step, self.name, self.value, self.by_staff = row.at, row.step, row.name, value, by_staff


class _Writer:
    """Puts one visit into the words of one language."""

    def __init__(self, batch: Batch, case: CaseFile, visit: Any, locale: str) -> None:
        self._batch, self._case, self._visit, self._locale = batch, case, visit, locale
        self._customer_sessions: set[int] = set()

    def say(self, text: Text, **values: object) -> str:
        words = self._batch.inst.catalogues.text(self._locale, text.context, text.msgid)
        return words.format_map(values)

    def when(self, at: Any) -> dict[str, str]:
        zone = self._case.timezone
        return {
            "day": formats.date(self._locale, at.astimezone(ZoneInfo(zone)).date()),
            "time": formats.clock(self._locale, zone, at),
        }

    def open(self, row: Any) -> _Said:
        sealed = self._batch.inst.vault.unseal(key_of(self._case.id), row.value_enc, ANSWER_PLACE)
        return _Said(row, orjson.loads(sealed), row.person_id is not None)

    def words(self, said: _Said) -> str:
        """Return an answer in words: a tapped choice by its label, a file or place by its kind alone."""
        inst, script = self._batch.inst, self._batch.inst.library.latest.get(said.step.partition(".")[0])
        return written(inst, self._locale, self._case, script, said.name, said.value)

    async def presence(self, said: Sequence[_Said]) -> Any:
        """Yield who was there from when to when, the right-party check, and the safety officer's view."""
        for role in ("collector", "safety_officer"):
            person = await self._batch.person(getattr(self._visit, f"{role}_id"))
            came, left = (self._clock(getattr(self._visit, f"{role}_{way}_at")) for way in ("in", "out"))
            line = self.say(PRESENCE, name=person.name, badge=person.badge, came=came, left=left)
            yield self.say(ROWS[role]), line
        yield self.say(ROWS["identity"]), self._clock(self._visit.identity_at)
        for one in said:
            if one.name == "safety_outcome":
                yield self.say(ROWS["mood"]), self.words(one)

    def _clock(self, at: Any) -> str:
        return self.when(at)["time"] if at is not None else "–"

    def said(self, said: Sequence[_Said]) -> Iterator[tuple[str, str, str]]:
        for one in said:
            if one.name in SAID:
                yield self.say(SAID[one.name]), self.words(one), self._clock(one.at)

    def notes(self, said: Sequence[_Said]) -> Iterator[tuple[str, str]]:
        for one in said:
            if one.name in NOTES:
                yield self._clock(one.at), self.words(one)

    async def evidence(self, item: Item) -> tuple[str, str, str, str]:
        """Return when something was sent in, what by whom, at which stage, and its size and hash or its signals."""
        words = EvidenceWords(self._batch.inst, self._locale)
        what = self.say(EVIDENCE, what=words.what(item), who=await words.sender(self._batch, item))
        return self._clock(item.said_at), what, words.stage(item), words.about(item)

    def accounts(self, said: Sequence[_Said]) -> Iterator[tuple[str, str, str]]:
        """Yield each fact with the collector's and the customer's answer beside each other."""
        given = {(one.name, one.by_staff): self.words(one) for one in said if one.name.startswith("account_")}
        if not given:
            return
        yield tuple(self.say(ROWS[name]) for name in ("fact", "team", "customer"))  # type: ignore[misc]
        for fact, label in FACTS.items():
            team, customer = (self._side(given, fact, by_staff=staff) for staff in (True, False))
            yield self.say(label), team, customer

    def _side(self, given: dict[tuple[str, bool], str], fact: str, *, by_staff: bool) -> str:
        parts = (given.get((f"account_{fact}{part}", by_staff)) for part in ("", "_words"))
        return ": ".join(part for part in parts if part) or self.say(NOTHING)
