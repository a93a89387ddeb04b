"""Links that open a door once: for staff, and one for each customer who has no chat yet."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from bot.ids import new_id, new_token
from bot.service.conversations.batch import Batch
from bot.service.desk.casefile import CaseFile
from bot.service.installation import Installation
from bot.service.outbound.gate import may_invite
from bot.service.person import STAFF_KEY, seal_name
from bot.store import audit, cases, invites, keys, people
from flows.rules import Channel

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
class Invitation:
    """A case whose customer has no chat yet. `token` opens one; None where this messenger is not permitted."""

    case: CaseFile
    token: str | None


@dataclass(frozen=True, slots=True)
class Invitations:
    """The customers to invite, by letter or by link, and how many are left out because neither is permitted."""

    by_letter: Sequence[Invitation]
    by_link: Sequence[Invitation]
    without_link: int
    left_out: int


async def customer_links(inst: Installation) -> Invitations:
    """Return a link for each case that has no chat yet; the same link every time, so that letters stay valid.

    No link is made where the rules do not permit this messenger: such a letter asks the customer to call.
    """
    now = inst.clock.now()
    async with inst.store.begin() as tx:
        batch = Batch(inst, tx, now)
        rows = await cases.unlinked(tx)
        await batch.load_cases({row.id for row in rows})
        by_letter, by_link, left_out = [], [], 0
        for row in rows:
            case = await batch.case(row.id)
            linked = await may_invite(batch, case, Channel.MESSENGER)
            invitation = Invitation(case, inst.vault.token(row.id, row.link_no) if linked else None)
            lettered = await may_invite(batch, case, Channel.LETTER)
            by_link += [invitation] if linked else []
            by_letter += [invitation] if lettered else []
            left_out += not linked and not lettered
        await invites.renew(tx, [_invite(inst, one, now) for one in by_link])
    return Invitations(by_letter, by_link, len(rows) - len(by_link), left_out)


def _invite(inst: Installation, invitation: Invitation, now: datetime) -> dict[str, Any]:
    return {
        "token_hash": inst.vault.hash("invite", invitation.token or ""),
        "case_id": invitation.case.id,
        "expires_at": now + CUSTOMER_VALID,
        "created_at": now,
    }
