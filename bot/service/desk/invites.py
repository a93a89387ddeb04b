"""Links that open a door once: for staff, and one for each customer who has no chat yet."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from bot.ids import new_id, new_token
from bot.service.desk.cases.casefile import CaseFile, key_of, open_case
from bot.service.installation import Installation
from bot.service.outbound.gate import messenger_barred
from bot.service.person import STAFF_KEY, seal_name
from bot.store import audit, cases, invites, keys, people

STAFF_VALID = timedelta(days=7)
CUSTOMER_VALID = timedelta(days=60)


async def invite_staff(inst: Installation, *, role: str, name: str, badge: str, locale: str) -> str:
    """Add a member of staff and return the token of their one-time link."""
    now, token, person_id = inst.clock.now(), new_token(), new_id()
    person = {
        "id": person_id,
        "role": role,
        "badge": badge,
        "locale": locale,
        "timezone": inst.settings.timezone,
        "active": True,
        "created_at": now,
    }
    async with inst.store.begin() as tx:
        await keys.ensure(tx, inst.vault, [STAFF_KEY], now)
        await people.add(tx, person | {"name_enc": seal_name(inst.vault, name)})
        invite = {"token_hash": inst.vault.hash("invite", token), "person_id": person_id}
        await invites.add(tx, [invite | {"expires_at": now + STAFF_VALID, "created_at": now}])
        line = {
            "at": now,
            "actor": "cli",
            "kind": "staff.invited",
            "data": {"person": person_id, "role": role},
        }
        await audit.append(tx, [line])
    return token


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
