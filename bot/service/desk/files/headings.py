"""What lenders call the columns of their files, read from `bot/casework/headings.yaml` when it is first needed."""

from functools import cache
from importlib.resources import files

from ruamel.yaml import YAML

from bot.casework.headings import Headings, headings_of


@cache
def headings() -> Headings:
    """Return every heading that is understood."""
    source = files("bot.casework") / "headings.yaml"
    return headings_of(YAML(typ="safe").load(source.read_text("utf-8")))
