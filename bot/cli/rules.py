"""`rules`: what the packs say, why something was allowed or not, and what a change of them would do."""

from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from bot import library
from bot.app import open_installation
from bot.cli.output import Json, show, show_one, wait
from bot.errors import InputRefused
from bot.service.desk.rules.explain import explain as explain_receipts
from bot.service.desk.rules.replay import Replayed
from bot.service.desk.rules.replay import replay as replay_receipts
from bot.service.desk.rules.rulebook import rule_detail, rule_list
from bot.settings import load_settings
from flows.rules import check_texts

app = typer.Typer(
    help="The rule packs: what they say, why, and whether they are sound.", no_args_is_help=True
)


def register(root: typer.Typer) -> None:
    """Add the commands."""
    root.add_typer(app, name="rules")


@app.command("list")
def list_(
    pack: Annotated[str | None, typer.Option(help="Only this pack, such as UK or policy-default.")] = None,
    as_json: Json = False,
) -> None:
    """List the rules with their force, whether they are verified, and who has reviewed their pack."""
    packs = library.every_pack(load_settings().own_packs)
    show(rule_list(packs, pack), as_json=as_json, empty="There is no rule.")


@app.command("show")
def show_(
    rule: Annotated[str, typer.Argument(help="A rule's id, or as a receipt names it: UK@1/uk-time.")],
    as_json: Json = False,
) -> None:
    """Show a rule: what it says, its source, its dates, who set it aside, and the lines of its file."""
    own = load_settings().own_packs
    found = rule_detail(library.every_pack(own), library.pack_texts(own), rule)
    if as_json:
        show(found, as_json=True, empty="")
        return
    for one in found:
        text = one.pop("text")
        show_one(one, as_json=False)
        print(f"\n{text}\n")


@app.command("explain")
def explain(
    what: Annotated[str, typer.Argument(help="A case reference, or the id of a message or visit.")],
    as_json: Json = False,
) -> None:
    """Say why each message, slot and step was allowed, delayed or refused: rule, citation, facts."""

    async def look() -> list[dict[str, Any]]:
        async with open_installation(load_settings()) as inst:
            return await explain_receipts(inst, what)

    rows = wait(look())
    if as_json:
        show(rows, as_json=True, empty="")
    elif not rows:
        print("The rules have not been asked about it yet.")
    for row in () if as_json else rows:
        show_one({name: value for name, value in row.items() if value not in (None, [])}, as_json=False)
        print()


@app.command("check")
def check(
    folder: Annotated[Path | None, typer.Argument(help="Packs to check; left out: your own, if any.")] = None,
) -> None:
    """Check the packs that came with this version, with your own in DATA_DIR/packs or in another folder."""
    if folder is not None and not folder.is_dir():
        raise InputRefused(f"There is no folder {folder}.")
    texts = library.pack_texts(folder or load_settings().own_packs)
    issues = check_texts(texts)
    for issue in issues:
        print(issue)
    if issues:
        raise typer.Exit(1)
    print(f"{len(texts)} packs hold.")


@app.command("replay")
def replay(
    first: Annotated[datetime, typer.Option("--from", formats=["%Y-%m-%d"], help="The first day.")],
    last: Annotated[datetime, typer.Option("--to", formats=["%Y-%m-%d"], help="The last day.")],
    pack: Annotated[str, typer.Option(help="A pack in one version, such as UK@2.")],
    packs: Annotated[
        Path | None, typer.Option("--packs", help="A folder with packs that are not in use yet.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Judge past decisions under another pack or version, and list what would have been different."""
    if last < first:
        raise InputRefused("--to lies before --from: turn them round.")
    if packs is not None and not packs.is_dir():
        raise InputRefused(f"There is no folder {packs}.")
    done = wait(_replay(first, last, pack, packs))
    if as_json:
        summary = {
            "pack": pack,
            "judged": done.judged,
            "different": len(done.rows),
            "changes": dict(done.changes),
        }
        show_one(summary | {"rows": done.rows}, as_json=True)
        return
    print(f"{done.judged} decisions judged under {pack}, {len(done.rows)} would have been different.")
    for change, count in sorted(done.changes.items()):
        print(f"  {change}: {count}")
    if done.rows:
        print()
        show(done.rows, as_json=False, empty="")


async def _replay(first: datetime, last: datetime, pack: str, folder: Path | None) -> Replayed:
    settings = load_settings()
    known = library.every_pack(folder or settings.own_packs)
    async with open_installation(settings) as inst:
        return await replay_receipts(inst, known, pack, first.date(), last.date())
