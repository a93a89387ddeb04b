"""A play from its heading to its last line: begun, gone on with, and played again from its transcript."""

import tempfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from difflib import unified_diff
from functools import partial
from itertools import takewhile
from pathlib import Path
from typing import NamedTuple

from bot.app import open_installation, prepare
from bot.drafting.persona import BEGINS, PARTIES, Persona, begin, set_the_scene
from bot.drafting.play import DID, Play
from bot.drafting.play_vault import PlayVault
from bot.drafting.rehearsal import Rehearsal
from bot.drafting.values import values_of, written
from bot.drafting.which import script_called
from bot.errors import DoorstepError, InputRefused
from bot.i18n import catalogues
from bot.i18n.catalogues import Catalogues
from bot.library import Library
from bot.sandbox.house import house
from bot.settings import load_settings
from bot.text_file import text_of
from bot.twin.machine import StillClock
from flows.script import Party, Script, link_one

HEADING = ("script", "as", "language", "case", "value", "new")


class DraftTexts(Catalogues):
    """The catalogues, in which what a draft says and nobody has translated yet stands in English, marked as such."""

    def __init__(self, texts: Catalogues) -> None:
        self._texts = texts

    @property
    def locales(self) -> tuple[str, ...]:
        """The languages, the source first."""
        return self._texts.locales

    def lookup(self, locale: str, context: str, msgid: str) -> str | None:
        """Return what to say; what is not translated in English, between angles."""
        return self._texts.lookup(locale, context, msgid) or f"⟨{msgid}⟩"

    def plural(self, locale: str, context: str, singular: str, plural: str, n: int) -> str:
        """Return the form for `n`."""
        return self._texts.plural(locale, context, singular, plural, n)


def heading(named: str, persona: Persona) -> list[str]:
    """Return the lines from which a play can be begun again."""
    lines = [f"script: {named}", f"as: {persona.party}", f"language: {persona.language}"]
    lines += [f"case: {name}={value}" for name, value in persona.case.items()]
    lines += [f"value: {name}={written(value)}" for name, value in persona.values.items()]
    return [*lines, "new: yes"] if persona.new else lines


def persona_of(
    script: Script, party: str | None, language: str, case: list[str], value: list[str], *, new: bool
) -> Persona:
    """Return who plays; left out: the one whose chat the script runs in. Raises `InputRefused`."""
    own = Party.CUSTOMER if script.party is Party.ANYONE else script.party
    if party is not None and party not in PARTIES:
        raise InputRefused(f"Nobody plays as {party}; write one of {', '.join(PARTIES)}.")
    columns = {name: str(one) for name, one in values_of(case).items()}
    return Persona(party or str(own), language, columns, values_of(value), new)


async def played(
    library: Library,
    named: str,
    persona: Persona,
    lines: Callable[[Play], Iterable[str]],
    write: Callable[[str], None],
) -> Play:
    """Play a script in an installation of its own, which is gone afterwards; return the play as it was.

    `lines` are asked for one by one, each when all has come of the one before. What cannot be done is said and played
    on from. Raises `InputRefused` when the scene cannot be set.
    """
    script, texts = (
        script_called(library, named),
        DraftTexts(catalogues.load(own=load_settings().own_scripts)),
    )
    with tempfile.TemporaryDirectory(prefix="doorstep-") as name:
        folder = Path(name)
        settings = house(folder, persona.language, "UTC")
        await prepare(settings)
        async with open_installation(settings, at_once=True) as opened:
            clock = StillClock(BEGINS)
            inst = replace(
                opened,
                clock=clock,
                library=with_draft(library, script),
                catalogues=texts,
                vault=PlayVault(opened.vault),
            )
            rehearsal = Rehearsal(inst, clock)
            await set_the_scene(rehearsal, persona, script.name, folder)
            play = Play(rehearsal, persona, script.name, write)
            rehearsal.inst = replace(inst, watch=play.watch, perform=partial(play.pretend, inst.perform))
            for line in heading(named, persona):
                play.write(line)
            play.write("")
            await play.look()
            play.know(await begin(rehearsal, persona, script.name))
            await play.tell()
            for line in lines(play):
                try:
                    await play.do(line)
                except DoorstepError as error:
                    play.write(f"   cannot be done: {error}")
            return play


def with_draft(library: Library, script: Script) -> Library:
    """Return the library in which a draft, and all that runs it, takes the place of what there is."""
    latest = {**library.latest, script.name: script}
    return library.with_extra([link_one(one, latest) for one in latest.values()])


class Transcript(NamedTuple):
    """A play as it was kept: its script, who played, what they did, every line."""

    named: str
    persona: Persona
    done: tuple[str, ...]
    lines: tuple[str, ...]

    def deeds(self, _: Play) -> Iterable[str]:
        """Return what to do to play it again."""
        return self.done


def read_transcript(library: Library, file: Path) -> Transcript:
    """Return a transcript. Raises `InputRefused` for what is none."""
    lines = tuple(text_of(file).splitlines())
    told: dict[str, list[str]] = {name: [] for name in HEADING}
    for line in takewhile(bool, lines):
        name, _, value = line.partition(": ")
        told.setdefault(name, []).append(value)
    if not told["script"] or not told["as"] or set(told) != set(HEADING):
        raise InputRefused(f"{file} is no transcript: it begins with lines such as `script: rights`.")
    named, language = told["script"][0], (*told["language"], "en")[0]
    script = script_called(library, named)
    persona = persona_of(script, told["as"][0], language, told["case"], told["value"], new=bool(told["new"]))
    return Transcript(
        named, persona, tuple(one.removeprefix(DID) for one in lines if one.startswith(DID)), lines
    )


async def replayed(library: Library, kept: Transcript) -> Sequence[str]:
    """Play a transcript again; return what is different, as lines of a unified diff."""
    again = await played(library, kept.named, kept.persona, kept.deeds, lambda _: None)
    return list(unified_diff(kept.lines, again.lines, "kept", "played again", lineterm=""))
