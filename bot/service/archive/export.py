"""One case as one file that an outsider can check."""

import asyncio
from collections.abc import Iterable, Iterator
from pathlib import Path

from bot.check import MANIFEST
from bot.documents.bundle import Bundle, Packed
from bot.documents.press import press
from bot.service.archive.gather import Gathered, gather, plain_json
from bot.service.audit_line import CLI
from bot.service.conversations.batch import Batch
from bot.service.desk.cases.look import id_of, log_look
from bot.service.field.evidence.originals import content_of
from bot.service.installation import Installation


async def export_case(inst: Installation, case_ref: str, path: Path, locale: str) -> list[Packed]:
    """Write everything on record of a case into a ZIP; it is logged before, and so the file says it, too.

    Raises `InputRefused` for a case or file name that cannot be taken or an original that is missing, `KeyUnusable`
    for one that was changed or a case that was erased, `StoreFull`.
    """
    now = inst.clock.now()
    bundle = Bundle(path, now)
    async with inst.store.begin() as tx:
        batch = Batch(inst, tx, now)
        await batch.load([])
        case = await batch.case(await id_of(tx, case_ref))
        await log_look(batch, case, CLI, "case.exported")
        gathered = await gather(batch, case, locale)
    return await asyncio.to_thread(pack, inst, bundle, gathered)


def pack(inst: Installation, bundle: Bundle, gathered: Gathered) -> list[Packed]:
    """Pack what was gathered, in the order of names, the manifest last. It blocks."""
    with bundle:
        listed = [bundle.add(name, content) for name, content in sorted(_contents(inst, gathered), key=_name)]
        plain = [{"name": one.name, "sha256": one.sha256, "size": one.size} for one in listed]
        bundle.add(MANIFEST, [plain_json({**gathered.manifest, "files": plain})])
    return bundle.files


def _contents(inst: Installation, gathered: Gathered) -> Iterator[tuple[str, Iterable[bytes]]]:
    yield from ((name, [content]) for name, content in gathered.files.items())
    yield from ((name, [press().print(report)]) for name, report in gathered.reports.items())
    yield from ((name, content_of(inst, item)) for name, item in gathered.originals.items())


def _name(file: tuple[str, Iterable[bytes]]) -> str:
    return file[0]
