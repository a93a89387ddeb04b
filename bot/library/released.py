"""Released files: `NAME/vN.yaml` below a folder, and what their lock says of them."""

from collections.abc import Iterator, Sequence
from importlib.resources.abc import Traversable

from bot.casework.affordability import Form
from bot.casework.solutions import Catalogue
from flows.errors import ScriptInvalid
from flows.script.lock import compare, read_lock


def released(root: Traversable) -> Iterator[tuple[str, str]]:
    """Yield path and text of every `NAME/vN.yaml` below `root`, in a stable order."""
    for folder in sorted(root.iterdir(), key=lambda entry: entry.name):
        if folder.is_dir():
            for file in sorted(folder.iterdir(), key=lambda entry: entry.name):
                if file.name.endswith(".yaml"):
                    yield f"{folder.name}/{file.name}", file.read_text("utf-8")


def check_lock(lock: Traversable, files: Sequence[Form | Catalogue]) -> None:
    """Raise ScriptInvalid when released files are not what their lock says."""
    present = [(one.name, one.version, one.sha256, one.file) for one in files]
    broken = tuple(compare(read_lock(lock.read_text("utf-8"), lock.name), present, lock.name))
    if broken:
        raise ScriptInvalid(broken)
