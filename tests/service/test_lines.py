"""What the rules want a message to say is really said, in the customer's language, when it leaves."""

from pathlib import Path

import pytest
from sqlalchemy import select

from bot.library import Library
from bot.service.conversations.batch import Batch
from bot.service.outbound.contact import to_customer
from bot.service.outbound.outgoing import Lane
from bot.service.outbound.post import Parcel, hash_of, open_call, with_lines
from bot.store import cases
from bot.store.tables import outbox
from flows.rules import Outcome, Purpose
from tests.service.conftest import Town
from tests.service.test_bad_input import ADA, announced, last
from tests.service.test_on_the_doorstep import COLLECTOR, ringing

HEADER = (
    'pack: policy-own\nversion: 1\ntitle: t\neffective_from: 2026-01-01\nreviewed_by: ""\n'
    "parent: policy-default\nrules:\n"
)


def line(name: str, when: str, text: str, action: str = "message") -> str:
    """Return a rule that wants a line in every unasked message, or another action."""
    return (
        f"  - id: own-{name}\n    title: t\n    kind: mandatory_line\n"
        f'    value: {{line: {name}, when: {when}, text: "{text}"}}\n'
        "    citation: c\n    force: policy\n    evidence: e\n    confidence: H\n    status: verified\n"
        f"    actions: [{action}]\n"
    )


def adopt(town: Town, folder: Path, *rules: str) -> None:
    """Let the lender's own pack bind."""
    folder.mkdir(exist_ok=True)
    (folder / "own.yaml").write_text(HEADER + "".join(rules), "utf-8")
    object.__setattr__(town.inst, "library", Library("policy-own", folder))


def notice(town: Town) -> str:
    """Return the announcement as Ada read it."""
    return next(text for text in town.said(ADA) if text.startswith("Hello Ada Finch. Two"))


async def test_the_notice_carries_the_line_of_its_place(town: Town) -> None:
    """In the UK the notice says its purpose and that the customer decides; an answer to a tap does not repeat it."""
    await announced(town)
    await town.taps(ADA, "confirm")

    said = [text for text in town.said(ADA) if "You decide whether we come." in text]

    assert said == [notice(town)]
    assert notice(town).endswith("You decide whether we come.")


@pytest.mark.parametrize(
    ("language", "says"),
    [("zh_hans", "要不要我们上门，由您决定。"), ("zh_hant", "要不要我們登門，由您決定。")],
)
async def test_the_line_is_said_in_the_customers_language(town: Town, language: str, says: str) -> None:
    """Whoever chose Chinese reads the line in their Chinese."""
    await town.staff()
    (link,) = await town.cases("A-1")
    await town.does(ADA, "open", payload=link)
    await town.taps(ADA, language)
    await town.says(ADA, "482X")
    await town.plan()

    assert any(text.endswith(says) for text in town.said(ADA))


async def test_first_and_later_contacts_have_lines_of_their_own(town: Town, tmp_path: Path) -> None:
    """The first unasked message carries the line of the first, the reminder the line of later ones."""
    adopt(
        town,
        tmp_path,
        line("first", "first", "First from {creditor}."),
        line("later", "later", "A later one."),
    )
    await announced(town)
    await town.taps(ADA, "confirm")
    await town.jump(days=1)

    carrying = [
        text for text in town.said(ADA) if text.endswith(("First from Harbour Bank.", "A later one."))
    ]

    assert carrying[0] == notice(town)
    assert carrying[0].endswith("First from Harbour Bank.")
    assert len(carrying) > 1
    assert all(text.endswith("A later one.") for text in carrying[1:])


async def test_a_waiting_message_says_what_the_rules_want_when_it_leaves(town: Town, tmp_path: Path) -> None:
    """A line that changed while a message waited for the morning is said as it is then; the record says the same."""
    adopt(town, tmp_path / "old", line("x", "every", "The old line."))
    await announced(town)
    await town.jump(hours=12)
    async with town.inst.store.begin() as tx:
        batch = Batch(town.inst, tx, town.clock.now())
        (row,) = await cases.by_refs(tx, ["A-1"])
        call = town.inst.calls.say(ADA, "Good day.")
        parcel = Parcel(call, "key", ADA, Lane.REMINDERS, Purpose.REMINDER, unasked=True)
        verdict = await to_customer(batch, batch.changes, await batch.case(row.id), parcel)
        await batch.changes.write(tx)
    assert verdict.outcome is Outcome.WAIT

    adopt(town, tmp_path / "new", line("x", "every", "The new line."))
    await town.jump(hours=12)

    assert "Good day.\n\nThe new line." in town.said(ADA)
    async with town.inst.store.read() as tx:
        (kept,) = (await tx.execute(select(outbox).where(outbox.c.effect_key == "key"))).all()
    sealed, lines = open_call(town.inst.vault, kept.key_id, kept.body_enc)
    assert with_lines(sealed, lines).payload["text"] == "Good day.\n\nThe new line."
    assert kept.text_hash == hash_of(with_lines(sealed, lines))


async def test_stop_typed_alone_is_obeyed(town: Town) -> None:
    """A line may say "Reply STOP": whoever types it, in whatever letters, gets no more messages."""
    await announced(town)

    await town.says(ADA, "Stop.")

    assert "no more messages" in town.said(ADA)[-1]
    assert any("asked us to stop" in text for text in town.said(901))


async def test_a_line_of_the_place_is_read_out_at_the_door(town: Town, tmp_path: Path) -> None:
    """It is said aloud once, with the first word about the debt, and not where the script's own words say it."""
    adopt(
        town,
        tmp_path / "own",
        line("duty", "every", "We are bound to tell you this.", "onsite_step"),
        line("institution", "every", "This comes from {creditor}.", "onsite_step"),
    )
    await ringing(town)
    for option in ("maybe_them", "no_code", "them"):
        await town.taps(COLLECTOR, option)
    assert "We are bound to tell you this." in last(town, COLLECTOR).shown
    assert "This comes from" not in last(town, COLLECTOR).shown

    for option in ("next", "outside"):
        await town.taps(COLLECTOR, option)

    assert "We are bound to tell you this." not in last(town, COLLECTOR).shown
