"""`flows publish`: a new version of a script goes live, and nobody is stranded."""

from pathlib import Path

import typer

from bot.app import open_installation
from bot.cli.output import show, show_json, wait
from bot.drafting.publish import Order, Published, Stranded, publish
from bot.settings import load_settings


def release(order: Order, *, dry_run: bool, as_json: bool) -> None:
    """Publish, and say what became of whom; refused, say who would be stranded."""
    try:
        done = wait(_publish(order, dry_run=dry_run))
    except Stranded as refused:
        _tell(refused.published, as_json=as_json, says="is not published")
        typer.echo(str(refused), err=True)
        raise typer.Exit(1) from None
    _tell(done, as_json=as_json, says="could be published" if dry_run else "is published")


async def _publish(order: Order, *, dry_run: bool) -> Published:
    async with open_installation(load_settings()) as inst:
        return await publish(inst, order, dry_run=dry_run)


def _tell(done: Published, *, as_json: bool, says: str) -> None:
    rows = [one.shown() for one in done.affected]
    if as_json:
        script = {"script": done.script.name, "version": done.script.version, "sha256": done.script.sha256}
        show_json({**script, **done.counts, "conversations": rows})
        return
    counts = ", ".join(f"{count} {fate}" for fate, count in done.counts.items() if count)
    print(f"{done.script.name} v{done.script.version} {says}. Live conversations: {counts or 'none'}.")
    if rows:
        show(rows, as_json=False, empty="")


def order_of(
    file: Path, author: str, reviewer: str, reason: str, steps: list[str], *, nobody_stays: bool
) -> Order:
    """Return the order that options write; a map is written `old=new`, a step each."""
    pairs = [one.partition("=") for one in steps]
    if not all(old and new for old, _, new in pairs):
        raise typer.BadParameter(
            "write old=new: a step of the old version and what it is now", param_hint="--map"
        )
    return Order(file, author, reviewer, reason, {old: new for old, _, new in pairs}, nobody_stays)
