"""What is sealed is opened by nobody else, and in no other place."""

import base64
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import ConfigError, KeyUnusable
from bot.store import keys
from bot.store.engine import Store
from bot.store.tables import keys as table
from bot.store.vault import Vault, new_master, parse_master
from tests.store.rows import NOON

MASTER = bytes(range(32))
OTHER = bytes(range(1, 33))


def vault_with(key_id: str = "case:1") -> Vault:
    """Return a vault that knows a data key."""
    vault = Vault(MASTER)
    vault.new_key(key_id)
    return vault


@given(plain=st.binary(max_size=200), place=st.text(max_size=20))
def test_what_was_sealed_comes_back(plain: bytes, place: str) -> None:
    """Any bytes come back from their own place, and are not to be seen in what is kept."""
    vault = vault_with()
    sealed = vault.seal("case:1", plain, place)

    assert vault.unseal("case:1", sealed, place) == plain
    assert len(plain) < 4 or plain not in sealed


def test_equal_values_are_sealed_differently() -> None:
    """Nobody sees that two people gave the same answer."""
    vault = vault_with()

    assert vault.seal("case:1", b"yes", "p") != vault.seal("case:1", b"yes", "p")


def test_another_master_key_opens_nothing() -> None:
    """A data key is not unwrapped under another DOORSTEP_KEY, and the message says which key is wanted."""
    wrapped = Vault(MASTER).new_key("case:1")

    with pytest.raises(KeyUnusable, match="DOORSTEP_KEY"):
        Vault(OTHER).admit("case:1", wrapped)


def test_a_data_key_belongs_to_its_case() -> None:
    """A wrapped key that was moved to another case is refused."""
    wrapped = Vault(MASTER).new_key("case:1")

    with pytest.raises(KeyUnusable):
        Vault(MASTER).admit("case:2", wrapped)


def test_a_value_cannot_be_moved() -> None:
    """What was sealed for one column is refused in another."""
    vault = vault_with()
    sealed = vault.seal("case:1", b"secret", "cases.personal")

    with pytest.raises(KeyUnusable):
        vault.unseal("case:1", sealed, "outbox.body")


@given(st.data())
def test_a_changed_byte_is_noticed(data: st.DataObject) -> None:
    """No byte of a sealed value can be changed, and none cut off."""
    vault = vault_with()
    sealed = bytearray(vault.seal("case:1", b"secret", "p"))
    at = data.draw(st.integers(0, len(sealed) - 1))
    sealed[at] ^= data.draw(st.integers(1, 255))
    for damaged in (bytes(sealed), bytes(sealed[:at])):
        with pytest.raises(KeyUnusable):
            vault.unseal("case:1", damaged, "p")


def test_a_forgotten_key_opens_nothing() -> None:
    """After a key is forgotten its values are closed."""
    vault = vault_with()
    sealed = vault.seal("case:1", b"secret", "p")
    vault.forget("case:1")

    assert not vault.knows("case:1")
    with pytest.raises(KeyUnusable, match="destroyed"):
        vault.unseal("case:1", sealed, "p")


def test_a_deep_link_stays_the_same_until_it_is_renewed() -> None:
    """Printed letters stay valid: same case, same token, within the alphabet of deep links; a new number, a new one."""
    one, again, renewed, other = (Vault(MASTER).token(*pair) for pair in ((1, 0), (1, 0), (1, 1), (2, 0)))

    assert one == again
    assert len({one, renewed, other, Vault(OTHER).token(1, 0)}) == 4
    assert re.fullmatch(r"[A-Za-z0-9_-]{24}", one)


def test_hashes_are_keyed_and_of_a_kind() -> None:
    """Look-ups find the same value again; without the key, or as another kind, it is another hash."""
    vault = Vault(MASTER)

    assert vault.hash("phone", "+44") == Vault(MASTER).hash("phone", "+44")
    assert len({vault.hash("phone", "+44"), vault.hash("id", "+44"), Vault(OTHER).hash("phone", "+44")}) == 3


@pytest.mark.parametrize(
    "text",
    ["", "short", "é" * 44, base64.b64encode(b"x" * 31).decode(), base64.b64encode(b"x" * 33).decode()],
)
def test_a_master_key_that_is_none_is_refused(text: str) -> None:
    """Anything but 32 bytes is refused with what to write."""
    with pytest.raises(ConfigError, match="DOORSTEP_KEY"):
        parse_master(text)


def test_a_new_master_key_is_one() -> None:
    """What `init` makes is read back, with the newline of its file, and is different each time."""
    text = new_master()

    assert len(parse_master(text + "\n")) == 32
    assert new_master() != text


async def test_two_processes_agree_on_a_key(store: Store) -> None:
    """Whoever makes a data key second uses the one that is stored."""
    one, two = Vault(MASTER), Vault(MASTER)
    async with store.begin() as tx:
        await keys.ensure(tx, one, ["case:1"], NOON)
    async with store.begin() as tx:
        await keys.ensure(tx, two, ["case:1", "case:2"], NOON)
        await keys.load(tx, one, ["case:2"])

    for key_id in ("case:1", "case:2"):
        assert two.unseal(key_id, one.seal(key_id, b"x", "p"), "p") == b"x"


async def test_a_destroyed_key_is_not_loaded(store: Store) -> None:
    """Destroying a case's key erases the case: no process opens it again."""
    vault = Vault(MASTER)
    async with store.begin() as tx:
        await keys.ensure(tx, vault, ["case:1"], NOON)
        await tx.execute(table.update().values(destroyed_at=NOON))
        fresh = Vault(MASTER)
        await keys.load(tx, fresh, ["case:1"])

    assert not fresh.knows("case:1")
