"""`backup` and `restore`: everything but the key as one file, and back."""

from pathlib import Path
from typing import Annotated

import typer

from bot.app import open_installation, put_back
from bot.cli.output import wait
from bot.service.archive.backup import Backup, back_up
from bot.service.archive.verify import Verified
from bot.service.archive.verify import verify as verify_log
from bot.settings import load_settings


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("backup")(backup)
    app.command("restore")(restore)


def backup(file: Annotated[Path, typer.Argument(help="The ZIP file to write.", dir_okay=False)]) -> None:
    """Write the database and the folders beside it into one file, while the bot runs. The key is not in it."""

    async def work() -> Backup:
        async with open_installation(load_settings()) as inst:
            return await back_up(inst, file)

    made = wait(work())
    print(f"{file}: {made.rows} rows, {made.files} files. Keep a copy of the key elsewhere: it is not in it.")


def restore(
    file: Annotated[Path, typer.Argument(help="The file that `backup` wrote.", dir_okay=False)],
) -> None:
    """Put a backup into an empty data folder or PostgreSQL database, and prove that all of it is there."""
    settings = load_settings()
    found = wait(put_back(settings, file))
    print(f"The backup of {found.made_at} is back: {found.rows} rows, {found.files} files.")
    if found.doubtful:
        print(
            f"{found.doubtful} messages to customers were due. They may have been sent since the backup, so none "
            "is sent again by itself: they come into the queue when the bot starts."
        )

    async def look() -> Verified:
        async with open_installation(settings) as inst:
            return await verify_log(inst)

    log = wait(look())
    if log.fault is not None:
        print(f"The log was broken before: {log.case_ref or 'no case'}, {log.fault}.")
        raise typer.Exit(1)
    print(f"The log is whole: {log.lines} lines in {log.chains} chains, {log.heads} daily heads.")
