"""How each change is said: a table of sentences for what is new, what is gone and what is different."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from flows.script.diff.aspects import Aspect, What
from flows.script.exits import OTHERWISE
from flows.script.model import Ask, Branch, Call, Do, End, Say, Script, Step, Text
from flows.script.voice import ENGLISH, timing
from flows.script.ways.unfolded import Kind

NOUNS: Mapping[type, str] = {
    Say: "message",
    Ask: "question",
    Branch: "branch",
    Do: "deed",
    Call: "sub-script",
    End: "end",
}


class Change(NamedTuple):
    """One thing that changed, said in a sentence: at which step (empty: everywhere); a text before and after."""

    step: str
    says: str
    old: Text | None = None
    new: Text | None = None


class Words(NamedTuple):
    """Sentences about an aspect; an empty one leaves it to another aspect to tell."""

    added: str
    removed: str
    changed: str


WORDS: Mapping[What, Words] = {
    What.WORDS: Words("", "", "the words change."),
    What.ALOUD: Words(
        "something is now said aloud here.",
        "nothing is said aloud here any more.",
        "the words said aloud change.",
    ),
    What.HINT: Words("there is now a hint.", "the hint is gone.", "the hint changes."),
    What.LABEL: Words("", "", "the button [{old}] now reads [{new}]."),
    What.WAY: Words(
        "{how} is new and leads to `{new}`.",
        "{how} is gone; it led to `{old}`.",
        "{how} leads to `{new}` instead of `{old}`.",
    ),
    What.RUNS: Words(
        "{button}`{new}` is now run.",
        "{button}`{old}` is run no more.",
        "{button}`{new}` is run instead of `{old}`.",
    ),
    What.ORDER: Words("", "", "the {name} stand in another order: {new}."),
    What.STYLE: Words("", "", "the button `{name}` looks different ({old} before, {new} now)."),
    What.TIMING: Words("", "", "the timeout `{name}` is due {new} instead of {old}."),
    What.ERRAND: Words(
        "the timeout `{name}` is new: it has `{new}` done.",
        "the timeout `{name}` is gone; it had `{old}` done.",
        "the timeout `{name}` has `{new}` done instead of `{old}`.",
    ),
    What.EFFECT: Words("", "", "`{new}` is done instead of `{old}`."),
    What.ARGS: Words("", "", "it is done with {new} instead of {old}."),
    What.OUTCOME: Words("", "", "the conversation ends with `{new}` instead of `{old}`."),
    What.DISCLOSES: Words("", "", "whether the debt is spoken of here: {new}, before {old}."),
    What.LINES: Words(
        "the lines of the rules are now said here.",
        "the lines of the rules are said here no more.",
        "of the lines of the rules, those left out are now {new}, before {old}.",
    ),
    What.FIELD: Words(
        "`{name}` is now {new}.", "`{name}` is set no more; it was {old}.", "`{name}` is {new}, before {old}."
    ),
    What.NOTE: Words("there is now a note.", "the note is gone.", "the note changes."),
}


def sentence(aspect: Aspect, old: object, new: object, here: Step | Script) -> str:
    """Return what to say of an aspect of `here` that is not what it was; empty: nothing by itself."""
    words = WORDS[aspect.what]
    template = words.changed
    if old in (None, ""):
        template = words.added
    elif new in (None, ""):
        template = words.removed
    button = f"the button `{aspect.name}`: " if aspect.name else ""
    return template.format(
        old=shown(old), new=shown(new), name=aspect.name, button=button, how=_how(aspect, here)
    )


def shown(value: object) -> str:
    """Return a value as a person reads it; of pairs, name and value."""
    if isinstance(value, Text):
        return value.msgid
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        return ", ".join(": ".join(one) if isinstance(one, tuple) else str(one) for one in value) or "none"
    return "none" if value in (None, "") else str(value)


def _how(aspect: Aspect, here: Step | Script) -> str:
    """Return what it is that leads on."""
    return _HOW[aspect.kind](aspect.name, here) if aspect.kind is not None else ""


def _button(name: str, here: Step | Script) -> str:
    choices = here.choices if isinstance(here, Ask) else here.interrupts if isinstance(here, Script) else ()
    return next(
        (f"the button [{one.label.msgid}]" for one in choices if one.id == name), f"the button `{name}`"
    )


def _timeout(name: str, here: Step | Script) -> str:
    timeouts = here.timeouts if isinstance(here, Ask | Script) else ()
    return next(
        (f"the timeout `{name}` ({timing(one, ENGLISH)})" for one in timeouts if one.id == name), f"`{name}`"
    )


def _of_deed(name: str, here: Step | Script) -> str:
    return f"the outcome `{name}` of `{here.effect}`" if isinstance(here, Do) else f"the outcome `{name}`"


def _of_script(name: str, here: Step | Script) -> str:
    if isinstance(here, Call):
        return f"the end `{name}` of `{here.script}`"
    choice, _, outcome = name.partition("/")
    return f"the end `{outcome}` of what {_button(choice, here)} opens"


_HOW: Mapping[Kind, Callable[[str, Step | Script], str]] = {
    Kind.SAID: lambda *_: "what follows",
    Kind.TAPPED: _button,
    Kind.TYPED: lambda *_: "an answer",
    Kind.TIMED: _timeout,
    Kind.RAISED: _button,
    Kind.SIGNALLED: lambda name, _: f"the signal `{name}`",
    Kind.FOUND: lambda name, _: "the way otherwise" if name == OTHERWISE else f"the case “{name}”",
    Kind.DONE: _of_deed,
    Kind.ENDED: _of_script,
}


def told(step: str, aspect: Aspect, old: object, new: object, here: Step | Script) -> Change | None:
    """Return the change of an aspect; None when another aspect tells it."""
    says = sentence(aspect, old, new, here)
    if not says:
        return None
    texts = (old if isinstance(old, Text) else None, new if isinstance(new, Text) else None)
    return Change(step, f"`{step}`: {says}" if step else f"Everywhere: {says}", *texts)


def whole(step: Step, verb: str) -> str:
    """Return the sentence about a step that came or went as a whole."""
    return f"`{step.id}`: this {NOUNS[type(step)]} {verb}."
