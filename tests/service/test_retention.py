"""How long a record is kept, by which rule; and that what is erased can be read by nobody."""

from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, text

from bot.errors import InputRefused, KeyUnusable
from bot.library import Library
from bot.service.archive.erase import Reason, erase, erase_what_is_over
from bot.service.archive.export import export_case
from bot.service.archive.heads import close_day
from bot.service.archive.retention import Standing, standings
from bot.service.archive.verify import verify
from bot.service.desk.cases.holds import hold_case
from bot.service.desk.cases.look import audit_list, case_detail, case_list
from bot.service.desk.payments import record_payment
from bot.store.tables import cases, keys, metadata
from tests.service.conftest import HEADER, ROW, Town
from tests.service.test_evidence import JPEG, content, sends
from tests.service.test_on_the_doorstep import COLLECTOR, interviewing

SECRETS = ("Ada Finch", "12 Elm Grove", "7946 0101", "79460101", "482X", "quite unlikely words")
OWED = Decimal("1240.50")
KEPT_TABLES = {
    "audit",
    "audit_chains",
    "audit_anchors",
    "audit_heads",
    "keys",
    "erased_cases",
    "alembic_version",
}


async def stands(town: Town, case_ref: str) -> Standing:
    """Return how a record stands."""
    async with town.inst.store.read() as tx:
        return {one.case_ref: one async for one in standings(town.inst, tx)}[case_ref]


@pytest.mark.parametrize(
    ("place", "zone", "kept_by", "until", "erased_by"),
    [
        ("CN", "Asia/Shanghai", "CN@1/cn-retain-std", date(2029, 3, 1), "CN@1/cn-pipl-retention"),
        ("TW", "Asia/Taipei", "TW@1/tw-record-all", date(2027, 9, 1), None),
        ("US", "America/New_York", None, None, None),  # Regulation F binds collectors of others' debts
        ("EU", "Europe/Paris", None, None, None),  # so does the directive on servicers
        ("UK", "Europe/London", None, None, None),
    ],
)
async def test_each_pack_keeps_as_long_as_it_says(
    town: Town, place: str, zone: str, kept_by: str | None, until: date | None, erased_by: str | None
) -> None:
    """A paid case is kept to the last day of its duty, refused by name until then, and gone the day after at most."""
    row = ROW.replace("UK,Europe/London", f"{place},{zone}").replace("GBP", "USD")
    await town.take_in(HEADER, f"A-1,Ada Finch,{row}")
    await town.jump(hours=1)
    await record_payment(town.inst, "A-1", OWED, reference="P-1")
    standing = await stands(town, "A-1")
    found = standing.keeping
    assert (found.kept_by and str(found.kept_by), found.until) == (kept_by, until)
    assert (found.erased_by and str(found.erased_by)) == erased_by
    if until is None or kept_by is None:
        assert standing.bonds == ()
        return
    with pytest.raises(InputRefused, match=kept_by):
        await erase(town.inst, "A-1", Reason.ASKED)

    town.clock.instant += timedelta(days=(until - town.clock.instant.date()).days - 1)
    assert (await stands(town, "A-1")).refuses
    town.clock.instant += timedelta(days=3)
    assert not (await stands(town, "A-1")).refuses
    erased = await erase_what_is_over(town.inst)
    assert [one.standing.case_ref for one in erased] == (["A-1"] if place == "CN" else [])


OWN = """
pack: policy-harbour
version: 1
title: Our own limits
effective_from: 2027-01-04
reviewed_by: "R. Viewer, 2027-01-04"
parent: policy-default
rules:
  - id: harbour-keep
    title: A record is kept one year after the debt is cleared, and two at most
    kind: retention
    value: {from: debt_cleared, at_least: {years: 1}, at_most: {years: 2}}
    citation: "our retention schedule"
    force: policy
    evidence: lender
    confidence: H
    status: verified
"""


async def test_the_lenders_own_longest_time_ends_a_record(town: Town, tmp_path: Path) -> None:
    """A pack of the lender's own has both times: between them a person may erase, after them the record must go."""
    (tmp_path / "packs").mkdir()
    (tmp_path / "packs" / "harbour.yaml").write_text(OWN)
    object.__setattr__(town.inst, "library", Library("policy-harbour", tmp_path / "packs"))
    await town.cases("A-1", "A-2")
    assert (await stands(town, "A-1")).keeping.until is None
    with pytest.raises(InputRefused, match="harbour-keep"):
        await erase(town.inst, "A-1", Reason.MISTAKE)
    for ref in ("A-1", "A-2"):
        await record_payment(town.inst, ref, OWED, reference=ref)
    town.clock.instant += timedelta(days=370)
    assert not await erase_what_is_over(town.inst)
    await erase(town.inst, "A-1", Reason.ASKED)

    town.clock.instant += timedelta(days=370)
    assert [one.standing.case_ref for one in await erase_what_is_over(town.inst)] == ["A-2"]


async def lived(town: Town) -> None:
    """Let a case be visited, with words and a photo, and be paid."""
    await interviewing(town)
    await sends(town, COLLECTOR, "document", content(JPEG), mime_type="image/jpeg", caption=SECRETS[-1])
    await town.says(901, "/case A-1")
    await record_payment(town.inst, "A-1", OWED, reference="P-1")
    await town.jump(days=1)
    await close_day(town.inst)


async def settled(town: Town) -> None:
    """Bring everything that is open of the case to its end."""
    async with town.inst.store.begin() as tx:
        for statement in (
            "UPDATE visits SET status = 'ended'",
            "UPDATE alerts SET closed_at = opened_at",
            "UPDATE outbox SET state = 'withdrawn' WHERE state = 'ready'",
        ):
            await tx.execute(text(statement))


def raw(folder: Path) -> bytes:
    """Return the bytes of every file of an installation but its key."""
    return b"".join(one.read_bytes() for one in folder.rglob("*") if one.is_file() and one.name != "key")


async def unsealed(town: Town) -> str:
    """Open every sealed value of every table with every key that is left; return what comes out."""
    vault = town.inst.vault.blank()
    async with town.inst.store.read() as tx:
        alive = (await tx.execute(select(keys).where(keys.c.destroyed_at.is_(None)))).all()
        for row in alive:
            vault.admit(row.id, row.wrapped)
        found = []
        for table in metadata.sorted_tables:
            rows = (await tx.execute(table.select())).mappings().all()
            sealed = [value for row in rows for name, value in row.items() if name.endswith("_enc") and value]
            for value in sealed:
                for key in alive:
                    found += [_open(vault, key.id, value, place) for place in PLACES]
            found += [str({k: v for k, v in row.items() if not k.endswith("_enc")}) for row in rows]
    return "\n".join(found)


PLACES = (
    "inbox.body",
    "outbox.body",
    "sessions.body",
    "files.body",
    "files.name",
    "people.name",
    "cases.personal",
)
PLACES = (*PLACES, "answers.value", "holds.note", "alerts.note", "evidence.detail", "decisions.reason")


def _open(vault: Any, key_id: str, value: bytes, place: str) -> str:
    try:
        return str(vault.unseal(key_id, value, place))
    except KeyUnusable:
        return ""


async def test_an_erased_case_can_be_read_by_nobody(town: Town, tmp_path: Path) -> None:
    """Key, rows, originals and what colleagues were sent are gone; the log holds; the reference cannot come back."""
    await lived(town)
    with pytest.raises(InputRefused, match="visit"):
        await erase(town.inst, "A-1", Reason.ASKED)
    await settled(town)
    before = await unsealed(town)
    assert all(secret in before for secret in ("Ada Finch", SECRETS[-1]))
    async with town.inst.store.read() as tx:
        row = (await tx.execute(select(cases))).one()
        wrapped = (await tx.execute(select(keys.c.wrapped).where(keys.c.id == f"case:{row.id}"))).scalar_one()
    assert wrapped in raw(tmp_path)

    looked = await erase(town.inst, "A-1", Reason.ASKED, dry_run=True)
    assert len(await case_list(town.inst)) == 1
    done = await erase(town.inst, "A-1", Reason.ASKED)

    assert (looked.removed, looked.originals) == (done.removed, done.originals)
    assert {"cases", "visits", "outbox", "answers", "evidence", "payments"} <= done.removed.keys()
    after = await unsealed(town)
    assert [secret for secret in SECRETS if secret in after] == []
    assert wrapped not in raw(tmp_path)
    assert not any(one.is_file() for one in town.inst.settings.evidence.rglob("*"))
    async with town.inst.store.read() as tx:
        for table in metadata.sorted_tables:
            for column in {"case_id", "chat_id"} & set(table.c.keys()):
                if table.name not in KEPT_TABLES:
                    wanted = row.id if column == "case_id" else row.chat_id
                    assert not (await tx.execute(table.select().where(table.c[column] == wanted))).all(), (
                        table.name
                    )

    found = await verify(town.inst)
    assert found.fault is None
    assert (await audit_list(town.inst, "A-1"))[-1]["kind"] == "case.erased"
    for work in (case_detail(town.inst, "A-1"), export_case(town.inst, "A-1", tmp_path / "x.zip", "en")):
        with pytest.raises(InputRefused, match="A-1"):
            await work
    with pytest.raises(InputRefused, match="was erased on"):
        await erase(town.inst, "A-1", Reason.ASKED)
    await town.take_in(HEADER, f"A-1,Ada Finch,{ROW}", f"A-2,Ben Moss,{ROW}")
    assert [one["case_ref"] for one in await case_list(town.inst)] == ["A-2"]


async def test_what_is_open_keeps_a_case(town: Town) -> None:
    """A complaint keeps a case, by the rule that holds it; a stop does not; a debt keeps it from going by itself."""
    (link,) = await town.cases("A-1")
    await town.enrol(904, link)
    await town.jump(hours=1)
    await stop_case(town)
    assert {bond.what for bond in (await stands(town, "A-1")).bonds} == {"debt"}
    with pytest.raises(InputRefused, match="not over yet"):
        await erase(town.inst, "A-1", Reason.OVER)

    await hold_case(town.inst, "A-1", "complaint", until=None, note="a letter")
    with pytest.raises(InputRefused, match=r"hold complaint \(policy-default@1/.*Nothing was erased"):
        await erase(town.inst, "A-1", Reason.ASKED)


async def stop_case(town: Town) -> None:
    """Let the customer stop, and the desk see to it."""
    await town.says(904, "/stop")
    async with town.inst.store.begin() as tx:
        await tx.execute(text("UPDATE alerts SET closed_at = opened_at"))
