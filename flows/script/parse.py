"""From the text of a script file to a `Script`. Everything that is wrong is reported at once."""

from flows.errors import ScriptInvalid
from flows.script.choices import interrupts, signals, timeouts
from flows.script.document import compose
from flows.script.fields import Fields, Keys, Reading
from flows.script.lock import sha256_of
from flows.script.model import Party, Script, Step
from flows.script.steps import step

SCRIPT = Keys(
    "A script",
    ("script", "version", "party", "steps"),
    ("interrupts", "signals", "timeouts", "in_place", "owner", "note"),
)


def parse(source: str, file: str) -> Script:
    """Return the script that `source` writes; `file` is its name for messages. Raises ScriptInvalid."""
    reading = Reading(file)
    fields = SCRIPT.read(reading, compose(source, file))
    reading.name = fields.id("script")
    fields.string("note")  # for who reads the file; that it is a text is proven all the same
    steps = _steps(fields)
    script = Script(
        name=reading.name,
        version=_version(fields),
        party=fields.member("party", Party, Party.ANYONE),
        entry=next(iter(steps), ""),
        steps=steps,
        interrupts=interrupts(fields),
        signals=signals(fields),
        timeouts=timeouts(fields, ""),
        in_place=fields.flag("in_place", default=False),
        sha256=sha256_of(source),
        owner=fields.maybe_id("owner"),
        file=file,
        places=reading.places,
    )
    if reading.issues:
        raise ScriptInvalid(tuple(sorted(reading.issues)))
    return script


def _version(fields: Fields) -> int:
    version = fields.number("version")
    if version is not None and version < 1:
        fields.wrong("version", "FV110", "`version` counts from 1.")
    return version or 1


def _steps(fields: Fields) -> dict[str, Step]:
    found: dict[str, Step] = {}
    for node in fields.items("steps"):
        read = step(fields.reading, node)
        if read is not None and read.id in found:
            fields.reading.wrong(node, "FV109", f"There are two steps `{read.id}`.")
        elif read is not None:
            found[read.id] = read
    if not found:
        fields.wrong("steps", "FV105", "A script has at least one step.")
    return found
