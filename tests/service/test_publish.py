"""A new version of a script goes live under conversations that are going on, and nobody is stranded."""

import asyncio
import re
from collections.abc import Mapping
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot import library
from bot.cli import app
from bot.diagnosis import _conversations
from bot.drafting import publish as publishing
from bot.drafting.publish import Order, Published, Stranded, publish
from bot.errors import ConfigError, InputRefused
from bot.i18n.catalogues import load
from bot.service.archive.verify import verify
from bot.service.conversations.conversation import open_session
from bot.store import audit, sessions
from flows.engine import Session
from flows.moving import Fate
from flows.script import parse
from flows.script import texts as texts_of
from tests.service.conftest import Town
from tests.service.journey import begin
from tests.service.test_bad_input import ADA

RIGHTS, NOTICE, HELP = "rights", "visit_notice", "help"
PO = (
    'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\nmsgctxt "{}"\nmsgid "{}"\nmsgstr "{}"\n'
)


def source(name: str, *changes: tuple[str, str], version: int = 1001) -> str:
    """Return the released script with some words changed, as its next version."""
    text = (
        (library.SCRIPTS / name / "v1.yaml")
        .read_text("utf-8")
        .replace("version: 1\n", f"version: {version}\n")
    )
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    return text


async def order(
    town: Town,
    text: str,
    steps: Mapping[str, str] | None = None,
    *,
    stays: bool = True,
    dry_run: bool = False,
) -> Published:
    file = Path(town.inst.settings.data_dir) / "draft.yaml"
    file.write_text(text, "utf-8")
    by = Order(file, "sc", "ad", "Shorter, as the reviewer asked", steps or {}, nobody_stays=not stays)
    return await publish(town.inst, by, dry_run=dry_run)


async def stood(town: Town, script: str) -> list[Session]:
    async with town.inst.store.begin() as tx:
        rows = await sessions.hold_waiting(tx, [script])
        return [open_session(row, town.inst.vault) for row in rows]


@pytest.fixture
async def ready(town: Town) -> Town:
    """Ada has her notice; a scheduler and an administrator are there to answer for a script."""
    town.chats["admin"] = 904
    await begin(town, "en")
    return town


def fates(done: Published, script: str) -> list[Fate]:
    return [one.judged.fate for one in done.affected if one.row.script == script]


async def test_who_does_not_notice_goes_on_by_the_new_version(ready: Town) -> None:
    """A change further on: the open question is the same, so the conversation moves, and its answer counts there."""
    await ready.says(ADA, "/rights")

    done = await order(ready, source(RIGHTS, ("end: read", "end: has_read")))

    assert fates(done, RIGHTS) == [Fate.SAFE]
    (session,) = await stood(ready, RIGHTS)
    assert session.version == 1001
    await ready.taps(ADA, "close")
    assert await stood(ready, RIGHTS) == []


async def test_who_has_read_other_words_stays(ready: Town) -> None:
    """A question that is asked in other words is not answered under the new ones; whoever begins now reads these."""
    await ready.says(ADA, "/rights")
    folder = ready.inst.settings.own_scripts
    folder.mkdir()
    for locale, words in (("zh_Hans", "就这些了"), ("zh_Hant", "就這些了")):
        text = PO.format("rights/rights/close", "Enough for now", words)
        (folder / f"{locale}.po").write_text(text, "utf-8")

    done = await order(ready, source(RIGHTS, ("That is all", "Enough for now")))

    assert fates(done, RIGHTS) == [Fate.PINNED]
    assert done.affected[-1].judged.why == ("`rights` has other buttons than the person sees",)
    assert [one.version for one in await stood(ready, RIGHTS)] == [1]
    await ready.taps(ADA, "close")
    await ready.says(ADA, "/rights")
    assert [one.version for one in await stood(ready, RIGHTS)] == [1001]
    assert "Enough for now" in str(ready.chat(ADA).messages[-1].keyboard)
    assert ready.inst.catalogues.text("zh_Hant", "rights/rights/close", "Enough for now") == "就這些了"


async def test_the_author_says_where_a_renamed_step_is(ready: Town) -> None:
    """Without a map who stands there stays; with it they go on, and what is due for them is due there."""
    text = source(RIGHTS, ("id: rights\n    ask", "id: your_rights\n    ask"))
    await ready.says(ADA, "/rights")
    (ready.inst.settings.own_scripts).mkdir()
    translated(ready, "rights/rights", "rights/your_rights", text)

    assert fates(await order(ready, text, dry_run=True), RIGHTS) == [Fate.PINNED]
    done = await order(ready, text, {"rights": "your_rights"})

    assert fates(done, RIGHTS) == [Fate.MAPPED]
    (session,) = await stood(ready, RIGHTS)
    assert (session.frames[-1].step, [*session.timers]) == ("your_rights", ["rights.your_rights.left"])
    await ready.jump(days=121)
    assert await stood(ready, RIGHTS) == []


def translated(town: Town, old: str, new: str, text: str) -> None:
    """Give the texts of a renamed step the translations that they had."""
    texts = load()
    draft = parse(text, "draft.yaml")
    for locale in ("zh_Hans", "zh_Hant"):
        lines = ['msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n']
        for one in texts_of(draft):
            if one.context.startswith(f"{new}/"):
                said = texts.text(locale, one.context.replace(new, old, 1), one.msgid)
                quoted = ((words.replace('"', '\\"').replace("\n", "\\n")) for words in (one.msgid, said))
                lines.append('msgctxt "{}"\nmsgid "{}"\nmsgstr "{}"\n'.format(one.context, *quoted))
        (town.inst.settings.own_scripts / f"{locale}.po").write_text("\n".join(lines), "utf-8")


async def test_nobody_is_left_where_nobody_may_stay(ready: Town) -> None:
    """The refusal names whom it would strand and why; nothing is written, nobody is moved, nothing is logged."""
    await ready.says(ADA, "/rights")
    changed = source(RIGHTS, ("P120D", "P90D"))

    with pytest.raises(Stranded, match="1 conversations would be stranded") as refused:
        await order(ready, changed, stays=False)

    (shown,) = [one.shown() for one in refused.value.published.affected if one.row.script == RIGHTS]
    assert (shown["who"], shown["at"], shown["fate"]) == ("A-1", "rights.rights", "blocked")
    assert shown["why"] == "the timeout `left` of `rights` is due at another time"
    assert not ready.inst.settings.own_scripts.exists()
    assert [one.version for one in await stood(ready, RIGHTS)] == [1]
    async with ready.inst.store.read() as tx:
        assert "script.published" not in {row.kind for row in await audit.all_rows(tx)}


async def test_the_command_names_who_would_be_stranded(ready: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """Refused, it ends with 1, a line for each conversation, and what to do; nothing was changed."""
    await ready.says(ADA, "/rights")
    data = ready.inst.settings.data_dir
    (data / "draft.yaml").write_text(source(RIGHTS, ("P120D", "P90D")), "utf-8")
    monkeypatch.setenv("DOORSTEP_DATA_DIR", str(data))
    by = ["--author", "sc", "--reviewer", "ad", "--reason", "Sooner"]
    command = ["flows", "publish", str(data / "draft.yaml"), *by]

    refused = await asyncio.to_thread(CliRunner().invoke, app, [*command, "--nobody-stays"])

    assert refused.exit_code == 1
    assert "rights v1001 is not published. Live conversations: 1 " in refused.stdout
    assert re.search(r"A-1 +.*rights\.rights +blocked", refused.stdout)
    assert "would be stranded: write a map for them" in refused.stderr
    assert not ready.inst.settings.own_scripts.exists()


async def test_what_is_published_is_what_was_proven(ready: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """A draft that is saved anew in between is not published unproven."""
    monkeypatch.setattr(publishing, "text_of", lambda _: source(RIGHTS, ("end: read", "end: unproven")))

    with pytest.raises(InputRefused, match="was changed while it was being proven"):
        await order(ready, source(RIGHTS, ("end: read", "end: has_read")))
    assert not ready.inst.settings.own_scripts.exists()


async def test_on_postgresql_it_is_the_same(postgres: Town) -> None:
    """There, too, one who may go on goes on, and one who would be stranded keeps everything as it was."""
    postgres.chats["admin"] = 904
    await begin(postgres, "en")
    await postgres.says(ADA, "/rights")
    with pytest.raises(Stranded):
        await order(postgres, source(RIGHTS, ("P120D", "P90D")), stays=False)
    assert [one.version for one in await stood(postgres, RIGHTS)] == [1]

    done = await order(postgres, source(RIGHTS, ("end: read", "end: has_read")))

    assert fates(done, RIGHTS) == [Fate.SAFE]
    assert [one.version for one in await stood(postgres, RIGHTS)] == [1001]
    async with postgres.inst.store.read() as tx:
        assert "script.published" in {row.kind for row in await audit.all_rows(tx)}


async def test_a_version_that_is_lived_on_has_to_be_there(ready: Town) -> None:
    """`doctor` finds conversations whose version was lost, and says what to do."""
    await ready.says(ADA, "/rights")
    await order(ready, source(RIGHTS, ("end: read", "end: has_read")))
    assert "going on, their scripts are here" in await _conversations(ready.inst.settings)
    folder = ready.inst.settings.own_scripts

    folder.rename(folder.with_name("lost"))

    with pytest.raises(ConfigError, match=r"rights v1001 \(1\); put .* back from the backup"):
        await _conversations(ready.inst.settings)


async def test_a_sub_script_changes_under_who_is_in_it(ready: Town) -> None:
    """They keep the version of it that they are in; others go on as they were, and enter the new one."""
    await ready.says(ADA, "/rights")
    await ready.taps(ADA, "help")

    text = source(HELP, ("id: choose\n", "id: choose_now\n"), ("then: choose}", "then: choose_now}"))
    ready.inst.settings.own_scripts.mkdir()
    translated(ready, "help/choose", "help/choose_now", text)

    done = await order(ready, text)

    assert fates(done, RIGHTS) == [Fate.PINNED]
    assert set(fates(done, NOTICE)) == {Fate.SAFE}
    (session,) = await stood(ready, RIGHTS)
    assert session.pins == {HELP: 1}
    await ready.taps(ADA, "money")
    assert await stood(ready, RIGHTS) == []


async def test_it_is_released_for_good_and_on_record(ready: Town) -> None:
    """Two people's word, the reason and the hash are on record; the log is whole; a changed file stops the start."""
    await ready.says(ADA, "/rights")
    await order(ready, source(RIGHTS, ("end: read", "end: has_read")))

    async with ready.inst.store.read() as tx:
        lines = {row.kind: row for row in await audit.all_rows(tx)}
    data = lines["script.published"].data
    assert (data["script"], data["version"], data["author"], data["reviewer"]) == (RIGHTS, 1001, "sc", "ad")
    assert (data["safe"], data["pinned"], data["mapped"], data["blocked"]) == (1, 0, 0, 0)
    assert lines["session.safe"].case_id is not None
    assert (await verify(ready.inst)).fault is None
    folder = ready.inst.settings.own_scripts
    assert "reason: Shorter, as the reviewer asked" in (folder / RIGHTS / "v1001.txt").read_text("utf-8")
    assert data["sha256"] in (folder / "scripts.lock").read_text("utf-8")

    released = folder / RIGHTS / "v1001.yaml"
    released.write_text(released.read_text("utf-8").replace("has_read", "read"), "utf-8")
    with pytest.raises(ConfigError, match="rights v1001 is released and may not change"):
        library.with_own_scripts(folder, "anew")


@pytest.mark.parametrize(
    ("text", "by", "says"),
    [
        (source(RIGHTS, version=2), ("sc", "ad"), "the next version of rights is 1001"),
        (source(RIGHTS, ("end: read", "end: over")), ("sc", "sc"), "two different people"),
        (source(RIGHTS, ("end: read", "end: over")), ("sc", "co"), "Nobody at the desk has the badge co"),
        (source(RIGHTS, ("then: times", "then: nowhere")), ("sc", "ad"), "FV201 There is no step `nowhere`"),
        (
            source(RIGHTS, ("That is all", "Untranslated")),
            ("sc", "ad"),
            "no approved translation into zh_Hans",
        ),
    ],
)
async def test_what_is_not_published(ready: Town, text: str, by: tuple[str, str], says: str) -> None:
    """A wrong number, one person for two, somebody who may not, what the proofs find: refused with what to do."""
    file = Path(ready.inst.settings.data_dir) / "draft.yaml"
    file.write_text(text, "utf-8")

    with pytest.raises(InputRefused, match=says):
        await publish(ready.inst, Order(file, *by, "Because", {}), dry_run=False)

    assert not ready.inst.settings.own_scripts.exists()
