"""The lender's own scripts in the room: proven and published as they would be for customers."""

import shutil
from pathlib import Path

from bot.drafting.publish import Order, publish
from bot.errors import InputRefused
from bot.service.installation import Installation

AUTHOR, REVIEWER = "S-901", "A-900"  # badges of two at the desk of the sample


async def publish_all(inst: Installation, folder: Path) -> None:
    """Publish every script of a folder, with the translations beside them. Raises `InputRefused` with what is wrong."""
    scripts = sorted(folder.rglob("*.yaml"))
    if not scripts:
        raise InputRefused(f"{folder} holds no script: put files that end in .yaml there.")
    own = inst.settings.own_scripts
    own.mkdir(parents=True, exist_ok=True)
    for file in sorted(folder.rglob("*.po")):
        shutil.copy(file, own / file.name)
    for file in scripts:
        await publish(inst, Order(file, AUTHOR, REVIEWER, "A rehearsal.", {}), dry_run=False)
