"""Links are used once."""

import asyncio
from collections import Counter
from datetime import timedelta
from functools import partial

import pytest

from bot.store import invites
from bot.store.engine import Store
from tests.store.databases import with_store
from tests.store.rows import HOUR, NOON, field_team

TOKEN = b"hash of a token"


@pytest.fixture
async def invited(store: Store) -> Store:
    """Offer one link that is valid for an hour."""
    async with store.begin() as tx:
        await field_team(tx, range(1, 3))
        row = {
            "token_hash": TOKEN,
            "person_id": 1,
            "case_id": None,
            "expires_at": NOON + HOUR,
            "created_at": NOON,
        }
        await invites.add(tx, [row])
    return store


async def test_a_link_is_redeemed_once_under_concurrency(invited: Store, url: str) -> None:
    """Of eight who open the same link at the same moment, one is let in."""

    async def open_it(store: Store, chat: int) -> str:
        async with store.begin() as tx:
            return await invites.redeem(tx, TOKEN, chat, NOON)

    answers = await asyncio.gather(*(with_store(url, partial(open_it, chat=chat)) for chat in range(8)))

    assert Counter(answers) == {"fresh": 1, "used": 7}


@pytest.mark.parametrize(("after", "answer"), [(timedelta(minutes=59), "fresh"), (HOUR, "expired")])
async def test_a_link_is_worth_something_until_it_expires(
    invited: Store, after: timedelta, answer: str
) -> None:
    """At the instant of its expiry a link is worth nothing any more."""
    async with invited.begin() as tx:
        assert await invites.redeem(tx, TOKEN, 5, NOON + after) == answer


async def test_a_link_that_was_never_made_is_worth_nothing(invited: Store) -> None:
    """A forged link is answered like an old one."""
    async with invited.begin() as tx:
        assert await invites.redeem(tx, b"forged", 5, NOON) == "expired"


async def test_renewing_does_not_give_a_used_link_back(invited: Store) -> None:
    """A link that is renewed is valid for longer, but a used one stays used."""
    later = {"token_hash": TOKEN, "case_id": 1, "expires_at": NOON + 9 * HOUR, "created_at": NOON}
    async with invited.begin() as tx:
        await invites.redeem(tx, TOKEN, 5, NOON)
        await invites.renew(tx, [later])
        assert await invites.redeem(tx, TOKEN, 6, NOON + 2 * HOUR) == "used"
