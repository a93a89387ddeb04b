"""The commands that work on scripts."""

import asyncio
import json
import re
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot import library
from bot.app import open_installation, prepare
from bot.cli import app
from bot.drafting.prelude import PRELUDES
from bot.errors import DoorstepError
from bot.service.desk.invites import invite_staff
from bot.settings import Settings, load_settings

SATISFACTION = (library.SCRIPTS / "satisfaction" / "v1.yaml").read_text("utf-8")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("DOORSTEP_DATA_DIR", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def flows(*words: str, typed: str | None = None) -> Result:
    result = CliRunner().invoke(app, ["flows", *words], input=typed)
    if isinstance(result.exception, DoorstepError):
        return result
    assert result.exception is None or isinstance(result.exception, SystemExit), result.output
    return result


def draft(folder: Path, old: str, new: str) -> str:
    """Write a draft of `satisfaction` in which some words are others; return its file."""
    assert old in SATISFACTION
    file = folder / "draft.yaml"
    file.write_text(SATISFACTION.replace("version: 1", "version: 2").replace(old, new, 1), "utf-8")
    return str(file)


def test_a_diff_shows_texts_in_all_languages(folder: Path) -> None:
    """A reworded text is shown before and after in each; what nobody has translated yet is said."""
    told = flows("diff", "satisfaction", draft(folder, "A word is enough.", "Two words are enough."))

    assert told.stdout.splitlines() == [
        "`words`: the words change.",
        "    en      - Is there anything you would like to add? A word is enough.",
        "    en      + Is there anything you would like to add? Two words are enough.",
        "    zh_Hans - 还有什么想说的吗？一个字也好。",
        "    zh_Hans + (not translated)",
        "    zh_Hant - 還有什麼想說的嗎？一個字也好。",
        "    zh_Hant + (not translated)",
    ]


def test_a_diff_for_scripts(folder: Path) -> None:
    """With --json each change is an object."""
    told = flows("diff", "satisfaction@1", draft(folder, "after: P7D", "after: P5D"), "--json")

    says = "Everywhere: the timeout `silent` is due after 5 days instead of after 7 days."
    assert json.loads(told.stdout) == [{"step": "", "says": says, "texts": []}]


def test_nothing_to_tell() -> None:
    """Two versions that are the same are said to be."""
    assert flows("diff", "rights", "rights@1").stdout == "Nothing changes.\n"


def test_a_script_that_is_not_there(folder: Path) -> None:
    """The refusal lists what there is; a broken draft is refused with file and line."""
    assert "There is no script rihgts. Write a file" in str(flows("diff", "rihgts", "rights").exception)
    broken = draft(folder, "then: helped", "than: helped")
    assert "draft.yaml:22:" in str(flows("diff", "satisfaction", broken).exception)


def test_a_graph_is_printed_for_a_wiki() -> None:
    """Without a file it is Mermaid, in the language that was asked for."""
    told = flows("graph", "satisfaction", "--language", "zh_Hant")

    assert told.stdout.startswith("---\ntitle: satisfaction v1\n---\nflowchart TD\n")
    assert "還有什麼想說的嗎？" in told.stdout


def test_a_graph_as_a_file(folder: Path) -> None:
    """SVG or Mermaid by the ending, changes and what the proofs find marked in it; any other ending is wrong usage."""
    changed = draft(folder, "then: on_the_way", "then: nowhere")

    assert flows("graph", changed, "--since", "satisfaction", "--out", "a.svg").exit_code == 0
    assert flows("graph", changed, "--no-findings", "--out", "b.svg").exit_code == 0
    assert flows("graph", changed, "--out", "a.png").exit_code == 2

    found, plain = ((folder / name).read_text("utf-8") for name in ("a.svg", "b.svg"))
    assert found.startswith("<?xml")
    assert "FV201" in found
    assert "compared with v1" in found
    assert "FV201" not in plain


def test_a_draft_is_played(folder: Path) -> None:
    """What comes of each line is shown: words, way, variables, verdicts; untranslated words are marked."""
    changed = draft(folder, "And did the talk help to find a way forward?", "Did it help?")

    told = flows("play", changed, "--language", "zh_Hans", typed="[尊重]\n[nonsense]\n").stdout

    assert "◀  ⟨Did it help?⟩" in told
    assert "path: treated tapped yes → helped" in told
    assert 'set: satisfaction_treated = "yes"' in told
    assert "rules: reply: allowed" in told
    assert "cannot be done: No button [nonsense] is on offer." in told


def test_a_persona_of_whom_the_rules_think_otherwise() -> None:
    """A case of another place: nothing is said, and the verdict says by which rule."""
    told = flows("play", "satisfaction", "--case", "jurisdiction=CN").stdout

    assert "rules: reply: refused, CN@1/cn-channel-messenger" in told
    assert "◀" not in told


def test_what_was_played_is_a_test(folder: Path) -> None:
    """The transcript of a play is played again; what a draft changes about it is shown, with exit code 1."""
    transcript = folder / "kept.txt"
    kept = flows("play", "satisfaction", "--repro", "--value", "occasion=settled", typed="#1\n+8d\n").stdout
    transcript.write_text(kept, "utf-8")
    assert "ended: silent" in kept
    assert (flows("replay", str(transcript)).exit_code, flows("replay", str(transcript)).stdout) == (
        0,
        f"{transcript}: as it was.\n",
    )

    transcript.write_text(
        kept.replace("script: satisfaction", f"script: {draft(folder, 'P7D', 'P9D')}"), "utf-8"
    )
    again = flows("replay", str(transcript))

    assert again.exit_code == 1
    assert "-   path: anywhere timed silent → ended: silent" in again.stdout


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("play", "rights", "--as", "nobody"), "Nobody plays as nobody; write one of customer,"),
        (("play", "rights", "--value", "x"), "Write name=value instead of x."),
        (("play", "rights", "--case", "phone=nonsense"), "This case cannot be taken in:"),
        (("replay", "README.md"), "cannot be read"),
    ],
)
def test_a_play_that_cannot_begin(words: tuple[str, ...], says: str) -> None:
    """It is said what is wrong."""
    assert says in str(flows(*words).exception)


@pytest.fixture
def desk(folder: Path) -> None:
    """Two people of the desk in an installation that was just made."""
    asyncio.run(prepare(Settings(data_dir=folder, _env_file=None)))
    asyncio.run(_invited())


async def _invited() -> None:
    async with open_installation(load_settings()) as inst:
        for role, badge in (("scheduler", "D-1"), ("admin", "D-2")):
            await invite_staff(inst, role=role, name=badge, badge=badge, locale="en")


BY = ("--author", "D-1", "--reviewer", "D-2", "--reason", "Five days are enough")


@pytest.mark.usefixtures("desk")
def test_a_draft_is_published(folder: Path) -> None:
    """First what would become of everybody, then for good: the next command knows the version."""
    file = Path(draft(folder, "after: P7D", "after: P5D"))
    assert "the next version of satisfaction is 1001" in str(flows("publish", str(file), *BY).exception)
    file.write_text(file.read_text("utf-8").replace("version: 2", "version: 1001"), "utf-8")

    assert flows("publish", str(file), *BY, "--dry-run").stdout == (
        "satisfaction v1001 could be published. Live conversations: none.\n"
    )
    assert not (folder / "scripts").exists()
    told = json.loads(flows("publish", str(file), *BY, "--json").stdout)

    assert (told["script"], told["version"], told["blocked"], told["conversations"]) == (
        "satisfaction",
        1001,
        0,
        [],
    )
    assert "after 5 days" in flows("diff", "satisfaction@1", "satisfaction").stdout
    assert "the next version of satisfaction is 1002" in str(flows("publish", str(file), *BY).exception)


@pytest.mark.usefixtures("desk")
def test_a_map_is_written_old_to_new(folder: Path) -> None:
    """Anything else is wrong usage; a step that is not in the draft is refused."""
    file = Path(draft(folder, "after: P7D", "after: P5D"))
    file.write_text(file.read_text("utf-8").replace("version: 2", "version: 1001"), "utf-8")

    assert flows("publish", str(file), *BY, "--map", "treated").exit_code == 2
    refused = flows("publish", str(file), *BY, "--map", "treated=nowhere").exception
    assert "steps that are not in the draft: nowhere" in str(refused)


def test_what_nobody_walks_is_listed(folder: Path) -> None:
    """A transcript walks its ways, what a run noted counts, too; each gap has its line, and the exit code is 1."""
    kept = flows("play", "satisfaction", "--repro", "--value", "occasion=settled", typed="+8d\n").stdout
    (folder / "kept.txt").write_text(kept, "utf-8")
    (folder / "noted.txt").write_text("satisfaction.treated tapped yes\n", "utf-8")

    told = flows("coverage", "kept.txt", "--walked", "noted.txt")

    assert told.exit_code == 1
    assert re.search(r"^satisfaction +1 +\d+ +5 +\d+ +3$", told.stdout, re.MULTILINE)
    assert "satisfaction/v1.yaml:23: nobody walks satisfaction.treated tapped partly" in told.stdout
    assert "nobody walks satisfaction.* timed silent" not in told.stdout
    assert "nobody walks satisfaction.treated tapped yes" not in told.stdout


def test_an_exception_has_its_reason(folder: Path) -> None:
    """It counts as walked; one without a reason, and one for a way that is not there any more, is refused."""
    file = folder / "except.txt"
    file.write_text("# why\nrights.rights tapped close | shown in the demo\n", "utf-8")
    gaps = [
        gap["way"]
        for row in json.loads(flows("coverage", "--except", str(file), "--json").stdout)
        for gap in row["gaps"]
    ]
    assert "rights.rights tapped help" in gaps
    assert "rights.rights tapped close" not in gaps

    for line, says in {
        "rights.rights tapped close": "say why `rights.rights tapped close` need not be walked",
        "rights.rights tapped gone | x": "no script has the way `rights.rights tapped gone`",
        "rights.rights | x": "`rights.rights` is no way: write script.step kind name.",
    }.items():
        file.write_text(line, "utf-8")
        assert says in str(flows("coverage", "--except", str(file)).exception)


def test_a_script_is_explored(folder: Path) -> None:
    """The plays that are written walk whatever nobody has walked, and read the same when they are played again."""
    told = flows("explore", "kit", "--into", str(folder / "plays")).stdout
    plays = sorted(map(str, (folder / "plays").iterdir()))

    assert f"kit: {len(plays)} plays" in told
    assert "0 ways were not reached" in told
    assert flows("replay", *plays).exit_code == 0
    gaps = flows("coverage", *plays).stdout
    assert "nobody walks kit" not in gaps
    assert "nobody walks take_back" in gaps


def test_an_exception_is_not_for_what_is_walked(folder: Path) -> None:
    """A way that needs no walk by a reason, and is walked all the same, is told: the reason is no more true."""
    (folder / "noted.txt").write_text("language.language tapped en\n", "utf-8")
    (folder / "unwalked.txt").write_text("language.language tapped en | Nobody speaks English.\n", "utf-8")

    told = flows("coverage", "--walked", "noted.txt", "--except", "unwalked.txt").stdout

    assert "language.language tapped en is walked by now; take it out." in told


@pytest.mark.parametrize("script", sorted(PRELUDES))
def test_what_a_script_is_begun_after_has_happened(script: str) -> None:
    """A script about a promise, a plan, an item or a hold can be played without any of them being made by hand."""
    assert "◀" in flows("play", script).stdout
