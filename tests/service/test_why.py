"""The scheduler asks why something was refused or waits, and hears the rule, its source and the time."""

from sqlalchemy import select, update

from bot.store.tables import audit, chats, people, visits
from tests.service.conftest import Town
from tests.service.test_bad_input import ADA, announced
from tests.service.test_barred import in_china

SCHEDULER = 901


async def test_why_a_visit_is_not_announced(town: Town) -> None:
    """The item of a barred chat says which rule, from where, how sure, and what is allowed instead."""
    await in_china(town)
    await town.plan()

    await town.taps(SCHEDULER, "why")

    said = town.said(SCHEDULER)[-1]
    assert "Customers are not written to in this messenger" in said
    assert "Source: PIPL art.38-40" in said
    assert "Standing: law, not verified yet" in said
    assert "does not become lawful by waiting" in said
    assert "By telephone: allowed now" in said
    assert "By letter: allowed" in said


async def test_why_in_the_schedulers_language_and_zone(town: Town) -> None:
    """A visit whose notice waits for the morning: Chinese words, and the hour by the scheduler's own clock."""
    await town.staff()
    (link,) = await town.cases("A-1")
    await town.enrol(ADA, link)
    async with town.inst.store.begin() as tx:
        await tx.execute(update(chats).where(chats.c.chat_id == SCHEDULER).values(locale="zh_Hant"))
        await tx.execute(update(people).values(timezone="Asia/Taipei"))
    await town.jump(hours=12)  # half past nine in the evening in London
    await town.plan()
    await town.says(SCHEDULER, "/case A-1")

    await town.taps(SCHEDULER, "why")

    said = town.said(SCHEDULER)[-1]
    assert "暫緩" in said
    assert "主動傳出的訊息限九點至二十點，週日不傳" in said
    assert "貸款機構自己的政策" in said
    assert "17:00" in said  # nine in London


async def test_rules_speak_the_schedulers_language_everywhere(town: Town) -> None:
    """A preview of a reminder, the board and a case's history say what the rule says in the reader's language."""
    await announced(town)
    async with town.inst.store.begin() as tx:
        await tx.execute(update(chats).where(chats.c.chat_id == SCHEDULER).values(locale="zh_Hans"))
    town.clock.instant = town.clock.instant.replace(hour=21, minute=0)
    title = "主动发出的消息限九点至二十点，周日不发"

    await town.says(SCHEDULER, "/remind A-1")
    assert title in town.said(SCHEDULER)[-1]
    await town.taps(SCHEDULER, "remindgo")
    await town.says(SCHEDULER, "/board")
    await town.taps(SCHEDULER, "waits")
    assert title in town.said(SCHEDULER)[-1]
    await town.says(SCHEDULER, "/case A-1")
    await town.taps(SCHEDULER, "history")
    assert f"须等待：{title}" in town.said(SCHEDULER)[-1]


async def test_agreed_by_phone(town: Town) -> None:
    """After a call the scheduler confirms the visit; the item is settled, the log says who, the team sees it."""
    await in_china(town)
    await town.plan()

    await town.taps(SCHEDULER, "byphone")

    async with town.inst.store.read() as tx:
        (visit,) = (await tx.execute(select(visits))).all()
        (actor,) = (
            await tx.execute(select(audit.c.actor).where(audit.c.kind == "visit.agreed_by_phone"))
        ).scalars()
    assert visit.status == "confirmed"
    assert actor.startswith("person:")
    assert any("as agreed by phone" in text for text in town.said(SCHEDULER))
    await town.says(SCHEDULER, "/queue")
    assert "Nothing is waiting" in town.said(SCHEDULER)[-1]
    await town.says(SCHEDULER, "/case A-1")
    assert "confirmed" in town.said(SCHEDULER)[-1]


async def test_agreed_by_phone_too_late(town: Town) -> None:
    """A visit that the rules do not allow any more, since no day lies before it, is not confirmed by a tap."""
    await in_china(town)
    await town.plan()
    async with town.inst.store.read() as tx:
        (visit,) = (await tx.execute(select(visits))).all()
    hours = (visit.starts_at - town.clock.instant).total_seconds() / 3600

    await town.jump(hours=hours - 2)
    await town.taps(SCHEDULER, "byphone")

    async with town.inst.store.read() as tx:
        (visit,) = (await tx.execute(select(visits))).all()
    assert visit.status == "approved"


async def test_a_customer_has_no_such_buttons(town: Town) -> None:
    """Why and the phone are the desk's: nobody else can press them."""
    await in_china(town)
    await town.plan()
    _, data = town.button(SCHEDULER, "byphone")
    await town.says(ADA, "hello")
    theirs = town.chat(ADA).messages[-1]
    await town.does(ADA, "tap", message_id=theirs.message_id, data=data)

    async with town.inst.store.read() as tx:
        (visit,) = (await tx.execute(select(visits))).all()
    assert visit.status == "approved"
