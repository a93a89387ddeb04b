"""Links that open a door once: for staff, and one for each customer who has no chat yet."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from bot.errors import InputRefused
from bot.ids import new_id, new_token
from bot.service.audit_line import CLI, audit_line
from bot.service.desk.cases.casefile import CaseFile, key_of, open_case
from bot.service.installation import Installation
from bot.service.outbound.gate import messenger_barred
from bot.service.person import STAFF_KEY, open_person, seal_name
from bot.store import audit, cases, invites, keys, people
from bot.store.engine import Tx
from bot.store.statements import Row

LONGEST_NAME, LONGEST_BADGE = 100, 40  # characters that messages to customers have room for
STAFF_VALID = timedelta(days=7)
CUSTOMER_VALID = timedelta(days=60)


async def invite_staff(inst: Installation, *, role: str, name: str, badge: str, locale: str) -> str:
    """Return the token of a one-time link for a member of staff, who is added unless there already.

    Role, badge and name together tell that it is the same person, whose phone is lost or dead: with the link they
    sign in on another one, and what was open goes on there. Raises `InputRefused` for a name or badge that messages
    have no room for.
    """
    if len(name) > LONGEST_NAME or len(badge) > LONGEST_BADGE:
        raise InputRefused(
            f"A name has up to {LONGEST_NAME} characters, a badge up to {LONGEST_BADGE}: shorten them."
        )
    now, token = inst.clock.now(), new_token()
    async with inst.store.begin() as tx:
        await keys.ensure(tx, inst.vault, [STAFF_KEY], now)
        known = await _known(tx, inst, role, name, badge)
        person_id = known or await _add(tx, inst, {"role": role, "badge": badge, "locale": locale}, name)
        invite = {"token_hash": inst.vault.hash("invite", token), "person_id": person_id}
        await invites.add(tx, [invite | {"expires_at": now + STAFF_VALID, "created_at": now}])
        what = {"person": person_id, "role": role, "again": known is not None}
        await audit.append(tx, [audit_line(now, CLI, "staff.invited", **what)])
    return token


async def _known(tx: Tx, inst: Installation, role: str, name: str, badge: str) -> int | None:
    rows = [row for row in await people.by_badge(tx, badge) if row.role == role]
    return next((row.id for row in rows if open_person(row, inst.vault).name == name), None)


async def _add(tx: Tx, inst: Installation, columns: Row, name: str) -> int:
    person_id = new_id()
    person = {
        "id": person_id,
        "name_enc": seal_name(inst.vault, name),
        "timezone": inst.settings.timezone,
        "active": True,
        "created_at": inst.clock.now(),
    }
    await people.add(tx, person | columns)
    return person_id


@dataclass(frozen=True, slots=True)
class CustomerLink:
    """A case whose customer has no chat yet, with the token of their link."""

    case: CaseFile
    token: str


@dataclass(frozen=True, slots=True)
class CustomerLinks:
    """The links, and how many cases have none because the rules of their place bar this messenger."""

    links: Sequence[CustomerLink]
    barred: int


async def customer_links(inst: Installation) -> CustomerLinks:
    """Return a link for each case that has no chat yet; the same link every time, so that letters stay valid.

    Nobody is invited into a messenger that the rules of their place bar.
    """
    now = inst.clock.now()
    async with inst.store.begin() as tx:
        rows = await cases.unlinked(tx)
        await keys.load(tx, inst.vault, [key_of(row.id) for row in rows])
        links = [
            CustomerLink(case, inst.vault.token(case.id, case.link_no))
            for case in (open_case(row, inst.vault) for row in rows)
            if messenger_barred(inst, case, now) is None
        ]
        await invites.renew(
            tx,
            [
                {
                    "token_hash": inst.vault.hash("invite", link.token),
                    "case_id": link.case.id,
                    "expires_at": now + CUSTOMER_VALID,
                    "created_at": now,
                }
                for link in links
            ],
        )
    return CustomerLinks(links, len(rows) - len(links))
