"""`/report` and `doorstep report`: what is on record becomes figures, pictures and a workbook."""

import asyncio
import json
from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from sqlalchemy import insert, select
from typer.testing import CliRunner

from bot.casework.evaluation import Measure, Step
from bot.cli import app
from bot.service.desk.evaluation import work as evaluation_work
from bot.service.desk.evaluation.appraisal import appraise
from bot.store import cases
from bot.store.tables import alerts, payments, people, promises, receipts, visits
from tests.service.conftest import START, Town
from tests.service.test_hold_out import set_up

SCHEDULER, COLLECTOR = 901, 902
FIRST, LAST = date(2027, 3, 1), date(2027, 3, 31)


def after(days: int, hour: int = 10) -> datetime:
    return START.replace(hour=hour) + timedelta(days=days)


async def lived(town: Town) -> None:
    """Three cases: one visited, met, agreed and kept; one visited in vain, with a false alarm; one not visited."""
    await town.staff()
    await town.cases("A-1", "A-2", "A-3")
    async with town.inst.store.begin() as tx:
        team = {row.role: row.id for row in (await tx.execute(select(people))).all()}
        first, second, _ = [row.id for row in await cases.all_rows(tx)]
        await cases.change(tx, first, chat_id=101, stage="identified", identified_at=after(1))
        visit = {
            "collector_id": team["collector"],
            "safety_officer_id": team["safety_officer"],
            "status": "ended",
            "noticed_at": after(2),
            "confirmed_at": after(3),
            "collector_in_at": after(5),
            "safety_officer_in_at": after(5),
            "created_at": after(1),
        }
        met = {"starts_at": after(5), "ends_at": after(5, 11), "outcome": None, "identity_at": after(5)}
        vain = {"starts_at": after(6), "ends_at": after(6, 11), "outcome": "nobody_home", "identity_at": None}
        await tx.execute(
            insert(visits),
            [{"id": 1, "case_id": first, **visit, **met}, {"id": 2, "case_id": second, **visit, **vain}],
        )
        promised = {"case_id": first, "amount": 5000, "created_at": after(5)}
        rows = [("replaced", 7), ("kept", 10), ("kept", 30)]
        await tx.execute(
            insert(promises),
            [
                {"id": place, "status": status, "due_on": after(due).date(), **promised}
                for place, (status, due) in enumerate(rows)
            ],
        )
        paid = {"case_id": first, "reference": None, "batch_id": None}
        await tx.execute(
            insert(payments),
            [
                {"id": place, "paid_at": after(day), "recorded_at": after(day), "amount": amount, **paid}
                for place, (day, amount) in enumerate([(2, 700), (9, 5000)])
            ],
        )
        alarm = {"kind": "sos", "case_id": second, "visit_id": 2, "opened_at": after(6), "about": "sos:2:0"}
        alarm |= {"closed_at": after(6, 11), "verdict": "false_alarm"}
        wrong = {"kind": "complaint", "case_id": first, "visit_id": None, "opened_at": after(8)}
        wrong |= {"about": "complaint:1:0", "closed_at": None, "verdict": None}
        await tx.execute(insert(alerts), [{"id": 1, **alarm}, {"id": 2, **wrong}])
        verdict = {"bound": "UK@1/uk-time", "title": "Contact only at reasonable hours"}
        asked = {"about": "message", "case_id": first, "verdict": verdict}
        await tx.execute(
            insert(receipts),
            [
                {"id": place, "at": after(day), "outcome": outcome, **asked}
                for place, (day, outcome) in enumerate([(2, "wait"), (2, "refused"), (60, "refused")], 10**6)
            ],
        )
    town.clock.instant = after(50)


async def test_what_is_on_record_is_what_is_counted(town: Town) -> None:
    """Visits, promises, payments, alarms and refusals come out as they happened, each once, sliced by who was there."""
    set_up(town, visit_cost="GBP 85.50, HKD 400")
    await lived(town)
    found = await appraise(town.inst, FIRST, LAST)
    funnel = {step: rate.hits for step, rate in found.evaluation.funnel.items()}
    assert (funnel[Step.CASE], funnel[Step.IDENTIFIED], funnel[Step.ANNOUNCED], funnel[Step.MET]) == (
        3,
        1,
        2,
        1,
    )
    assert (funnel[Step.AGREEMENT], funnel[Step.FIRST_KEPT], funnel[Step.KEPT_30], funnel[Step.KEPT_60]) == (
        1,
        1,
        1,
        0,
    )
    rates = {measure: (rate.hits, rate.cases) for measure, rate in found.evaluation.rates.items()}
    assert rates[Measure.CONTACT] == (1, 2)
    assert (rates[Measure.SAFETY], rates[Measure.FALSE_ALARM]) == ((0, 2), (1, 2))
    assert rates[Measure.COMPLAINT] == (1, 2)
    assert rates[Measure.KEPT_60] == (0, 0)
    (money,) = found.evaluation.recovered
    assert (money.visits, money.amount, money.cost) == (2, 5000, 17100)
    slices = {(one.column, one.value): one.cases for one in found.evaluation.slices}
    assert slices == {("grade", "uncertain"): 3, ("team", "co + sa"): 2}
    assert (found.alarms.count, found.alarms.false_alarm) == (1, 1)
    assert [(one.rule, one.refused, one.waited) for one in found.refusals] == [("UK@1/uk-time", 1, 1)]

    empty = await appraise(town.inst, date(2027, 4, 1), date(2027, 4, 30))
    assert (empty.evaluation.cases, empty.alarms.count) == (0, 0)


async def test_a_scheduler_asks_and_gets_it_all(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """Conclusions, three pictures and a workbook in the reader's language; a fault is told; nobody else may ask."""
    await lived(town)
    before = len(town.chat(SCHEDULER).messages)
    await town.says(SCHEDULER, "/report 2027-03-01 2027-03-31")
    _, working, words, *rest = town.chat(SCHEDULER).messages[before:]
    assert "working on the report" in working.shown
    assert "Cases taken in from 1 March 2027 to 31 March 2027" in words.shown
    assert "nobody can say what would have come without visits" in words.shown
    assert "Alarms: 1, of which false: 1" in words.shown
    assert ["photo" in one.content for one in rest] == [True, True, True, False]
    assert "document" in rest[3].content

    await town.says(SCHEDULER, "/report 2027-03-31 2027-03-01")
    assert "first and the last day" in town.said(SCHEDULER)[-1]
    await town.says(SCHEDULER, "/report 2026-03-01 2026-03-02")
    assert "No case was taken in" in town.said(SCHEDULER)[-1]
    await town.says(COLLECTOR, "/report")
    assert "report" not in town.said(COLLECTOR)[-1]

    monkeypatch.setattr(evaluation_work, "print_report", lambda *_: 1 / 0)
    await town.says(SCHEDULER, "/report")
    assert "could not be made" in town.said(SCHEDULER)[-1]


async def test_the_command_line(town: Town, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """JSON with stable names on stdout, pictures and a workbook in the folder, and a clear word for a wrong span."""
    await lived(town)
    clock = tmp_path / "clock"
    clock.write_text(town.clock.instant.astimezone(UTC).isoformat())
    for name, value in (("DATA_DIR", tmp_path), ("CLOCK", clock), ("API_URL", "http://127.0.0.1:1")):
        monkeypatch.setenv(f"DOORSTEP_{name}", str(value))

    def run(*words: str) -> Any:
        return CliRunner().invoke(app, ["report", *words])

    out = tmp_path / "out"
    done = await _aside(run, "--from", "2027-03-01", "--json", "--out", str(out), "--language", "zh_Hant")
    told = json.loads(done.output)
    assert told["funnel"]["met"]["hits"] == 1
    assert told["recovered"] == [
        {"currency": "GBP", "cases": 2, "visits": 2, "amount": "50.00", "cost": None}
    ]
    assert {path.name for path in out.iterdir()} == {"funnel.png", "effect.png", "cost.png", "report.xlsx"}
    assert load_workbook(BytesIO((out / "report.xlsx").read_bytes())).sheetnames[0] == "漏斗"

    plain = await _aside(run, "--from", "2027-03-01", "--to", "2027-03-31")
    assert "Somebody was met: 33% (6% to 79%; 1 of 3, few)" in plain.output
    wrong = await _aside(run, "--from", "2027-03-02", "--to", "2027-03-01")
    assert "write the earlier day first" in str(wrong.exception)


async def _aside(run: Any, *words: str) -> Any:
    """Run a command in a thread: it has an event loop of its own."""
    return await asyncio.to_thread(run, *words)
