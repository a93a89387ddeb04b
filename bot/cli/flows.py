"""`flows`: proving the scripts, working on them, living with them; and their format for editors."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import typer

from bot.app import library_of
from bot.cli.coverage import show_coverage
from bot.cli.explore import explore as explore_script
from bot.cli.languages import Language
from bot.cli.output import Json, show_json
from bot.cli.play import Case, Party, Value
from bot.cli.play import play as play_script
from bot.cli.play import replay as replay_scripts
from bot.cli.publish import order_of, release
from bot.cli.simulate import simulate
from bot.cli.texts import texts as own_texts
from bot.drafting.drawn import Shape, Speaking, drawn
from bot.drafting.playing import persona_of
from bot.drafting.side_by_side import changes, lines
from bot.drafting.which import script_called
from bot.i18n import catalogues
from bot.i18n.catalogues import Catalogues
from bot.library import Library
from bot.proofs import prove, prove_draft, prove_longer, prove_script_file
from bot.settings import load_settings
from flows.script import Issue
from flows.script.schema import schema

Noted = Annotated[
    list[Path] | None, typer.Option(help="Ways that a run noted, a line each: a file, or a folder of them.")
]
Excepted = Annotated[
    Path | None, typer.Option("--except", help="Ways that need not be walked: WAY | reason, a line each.")
]
app = typer.Typer(
    help="The scripts: prove, compare, draw and try them before they go live.", no_args_is_help=True
)


def register(root: typer.Typer) -> None:
    """Add the commands."""
    root.add_typer(app, name="flows")


@app.callback()
def flows() -> None:
    """Work with the scripts."""


@app.command("check")
def check(
    file: Annotated[
        Path | None,
        typer.Argument(help="A draft, proven in the place of the released script of its name; else all are."),
    ] = None,
    longer: Annotated[
        bool,
        typer.Option(
            help="List the texts that would have no room in a language a third longer than English."
        ),
    ] = False,
) -> None:
    """Prove scripts on every way through them; what does not hold is told with the way that shows it."""
    if longer:
        _refuse(prove_longer())
        print("Every text would have room.")
        return
    if file is None:
        _refuse(prove(load_settings().own_scripts))
        print("Every script holds.")
        return
    draft = prove_script_file(file)
    _refuse(draft.issues)
    print(f"{file} holds.")
    if draft.untranslated:
        print(f"Texts without a translation yet: {draft.untranslated}. They need one before it is released.")


def _refuse(issues: Iterable[Issue]) -> None:
    """Print what is wrong and end, if anything is."""
    told = [line for issue in issues for line in (str(issue), *(f"    {turn}" for turn in issue.way))]
    if told:
        print("\n".join(told))
        raise typer.Exit(1)


@app.command("schema")
def print_schema() -> None:
    """Print the format of scripts as a JSON Schema, for editors that check while one writes."""
    print(json.dumps(schema(), indent=2, ensure_ascii=False))


app.command("simulate")(simulate)
app.command("texts")(own_texts)


Named = Annotated[
    str, typer.Argument(help="A script such as rights, one version such as rights@1, or a file.")
]


@app.command("diff")
def diff(old: Named, new: Named, as_json: Json = False) -> None:
    """Say what changes from one version of a script to another, texts side by side in all languages."""
    library = open_library()
    rows = changes(script_called(library, old), script_called(library, new), open_texts())
    if as_json:
        show_json(rows)
    else:
        print("\n".join(lines(rows)) or "Nothing changes.")


@app.command("graph")
def graph(
    script: Named,
    old: Annotated[
        str | None, typer.Option("--since", help="An older version: what changed is marked.")
    ] = None,
    out: Annotated[
        Path | None, typer.Option(help="A file that ends in .svg or .mmd; left out: Mermaid is printed.")
    ] = None,
    findings: Annotated[bool, typer.Option(help="Draw what `flows check` finds.")] = True,
    language: Annotated[Language | None, typer.Option(help="The language of the texts.")] = None,
) -> None:
    """Draw a script from what it is: SVG, or Mermaid for a wiki; changes and findings are marked in it."""
    shape = Shape.SVG if out is not None and out.suffix == ".svg" else Shape.MERMAID
    if out is not None and out.suffix not in (".svg", ".mmd"):
        raise typer.BadParameter("the file ends in .svg or .mmd", param_hint="--out")
    library = open_library()
    before = script_called(library, old) if old is not None else None
    new, texts = script_called(library, script), open_texts()
    issues = prove_draft(new, library.latest, texts) if findings else ()
    picture = drawn(new, before, issues, Speaking(texts, str(language or "en")), shape)
    if out is None:
        print(picture.decode(), end="")
    else:
        out.write_bytes(picture)


@app.command("play")
def play(
    script: Named,
    party: Party = None,
    language: Annotated[Language, typer.Option(help="The language of everybody in it.")] = Language.EN,
    case: Case = None,
    value: Value = None,
    new: Annotated[bool, typer.Option("--new", help="Begin before they have shown who they are.")] = False,
    repro: Annotated[
        bool, typer.Option("--repro", help="Print the transcript alone, to keep as a test.")
    ] = False,
) -> None:
    """Try a script or a draft in the terminal as anybody, on the real rules: see its way, variables and verdicts."""
    library = open_library()
    found = script_called(library, script)
    persona = persona_of(found, party, str(language), case or [], value or [], new=new)
    play_script(library, script, persona, repro=repro)


@app.command("replay")
def replay(
    transcripts: Annotated[list[Path], typer.Argument(help="Transcripts of `flows play --repro`.")],
) -> None:
    """Play transcripts again and show what is different (exit code 1)."""
    replay_scripts(open_library(), transcripts)


@app.command("coverage")
def coverage(
    transcripts: Annotated[
        list[Path] | None, typer.Argument(help="Transcripts of `flows play --repro`.")
    ] = None,
    walked: Noted = None,
    excepted: Excepted = None,
    as_json: Json = False,
) -> None:
    """Say which steps and ways of the scripts transcripts walk; list the gaps (exit code 1)."""
    library = open_library()
    show_coverage(library, transcripts or [], walked or [], excepted, as_json=as_json)


@app.command("explore")
def explore(
    script: Annotated[str, typer.Argument(help="A script's name, name@version, or the file of a draft.")],
    into: Annotated[Path, typer.Option(help="The folder for the transcripts.")],
    walked: Noted = None,
    excepted: Excepted = None,
    seed: Annotated[int, typer.Option(help="Another seed finds other plays.")] = 1,
) -> None:
    """Play a script wherever nobody has been yet; write each play down as a transcript to read and to keep."""
    explore_script(open_library(), script, walked or [], excepted, into, seed)


@app.command("publish")
def publish(
    file: Annotated[Path, typer.Argument(help="The draft.")],
    *,
    author: Annotated[str, typer.Option(help="The badge of who wrote it.")],
    reviewer: Annotated[str, typer.Option(help="The badge of who reviewed it: somebody else.")],
    reason: Annotated[str, typer.Option(help="Why it is published.")],
    steps: Annotated[
        list[str] | None, typer.Option("--map", help="old=new: who stands at the one goes on at the other.")
    ] = None,
    nobody_stays: Annotated[
        bool, typer.Option("--nobody-stays", help="Refuse rather than leave anybody on the old version.")
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would become of whom; change nothing.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Prove a draft, see what becomes of every live conversation, and publish it if nobody would be stranded."""
    order = order_of(file, author, reviewer, reason, steps or [], nobody_stays=nobody_stays)
    release(order, dry_run=dry_run, as_json=as_json)


def open_library() -> Library:
    """Return the scripts and rules of this installation; its database is not opened."""
    return library_of(load_settings())


def open_texts() -> Catalogues:
    """Return the texts of this installation in all languages, those of the lender's own scripts among them."""
    return catalogues.load(own=load_settings().own_scripts)
