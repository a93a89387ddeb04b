"""Ways to break a sound script, each in one place chosen at random; None where there is nothing to break."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from random import Random
from typing import TypeVar

from bot import library
from bot.begun import AT_HAND, BEGUN, DISCLOSING, OTHERS, RIGHTS
from flows.script import Ask, Choice, Do, End, Party, Say, Script, Step, Text
from flows.script.model import Call

Mutate = Callable[[Script, Random], Script | None]
One = TypeVar("One")

NOWHERE = "no_such_step"
THREATS = (
    "This is your last chance.",
    "We will call the police.",
    "Your employer will hear of it.",
    "Pay now.",
)
WITHOUT_IDENTITY = ("check_identity", "establish_identity")


def _pick(random: Random, found: Iterator[One]) -> One | None:
    rows = list(found)
    return random.choice(rows) if rows else None


def _with(script: Script, step: Step) -> Script:
    return replace(script, steps={**script.steps, step.id: step})


def _steps(script: Script, kind: type[One]) -> Iterator[One]:
    return (step for step in script.steps.values() if isinstance(step, kind))


def _choice(script: Script, random: Random, change: Callable[[Ask, Choice], Choice | None]) -> Script | None:
    """Change one button."""
    changed = (
        (ask, one, new) for ask in _steps(script, Ask) for one in ask.choices if (new := change(ask, one))
    )
    found = _pick(random, changed)
    if found is None:
        return None
    ask, old, new = found
    return _with(script, replace(ask, choices=tuple(new if one is old else one for one in ask.choices)))


def _said(script: Script, random: Random, change: Callable[[str], str]) -> Script | None:
    """Change what a step says."""
    step = _pick(random, (one for one in script.steps.values() if isinstance(one, Say | Ask)))
    if step is None:
        return None
    msgid = change(step.text.msgid)
    return _with(script, replace(step, text=Text(step.text.context, msgid, step.text.names)))


def lost_step(script: Script, random: Random) -> Script | None:
    """A button leads to a step that is not there."""
    return _choice(script, random, lambda _, one: replace(one, then=NOWHERE))


def lost_outcome(script: Script, random: Random) -> Script | None:
    """What a performance may come to leads nowhere."""
    step = _pick(random, (one for one in _steps(script, Do) if "otherwise" not in one.outcomes))
    if step is None:
        return None
    gone = random.choice(sorted(step.outcomes))
    return _with(script, replace(step, outcomes={k: v for k, v in step.outcomes.items() if k != gone}))


def odd_outcome(script: Script, random: Random) -> Script | None:
    """A way is laid for what never comes."""
    step = _pick(random, (one for one in script.steps.values() if isinstance(one, Do | Call)))
    target = random.choice(sorted(script.steps))
    return None if step is None else _with(script, replace(step, outcomes={**step.outcomes, "never": target}))


def other_effect(script: Script, random: Random) -> Script | None:
    """Something is ordered that nothing performs."""
    step = _pick(random, _steps(script, Do))
    return None if step is None else _with(script, replace(step, effect=f"{step.effect}_now"))


def no_watch(script: Script, random: Random) -> Script | None:
    """Nobody and no clock answers for a question."""
    if not any(True for _ in _steps(script, Ask)):
        return None
    steps = {
        name: replace(one, timeouts=()) if isinstance(one, Ask) else one for name, one in script.steps.items()
    }
    return replace(script, steps=steps, timeouts=(), owner=None)


def no_identity(script: Script, random: Random) -> Script | None:
    """Whoever it is counts as the customer: the step that establishes it is left out."""
    step = _pick(random, (one for one in _steps(script, Do) if one.effect in WITHOUT_IDENTITY))
    if step is None:
        return None
    target = next(iter(step.outcomes.values()))
    return _with(script, Say(step.id, Text(f"{script.name}/x", "Well."), target))


def debt_at_once(script: Script, random: Random) -> Script | None:
    """The first question leads to where the debt is told, to whomever it is put."""
    if script.name not in BEGUN or BEGUN[script.name].identified:
        return None
    told = [one.id for one in script.steps.values() if isinstance(one, Say | Ask) and one.discloses_debt]
    first = next(_steps(script, Ask), None)
    if first is None or not told or not first.choices:
        return None
    choices = (replace(first.choices[0], then=random.choice(told)), *first.choices[1:])
    return _with(script, replace(first, choices=choices))


def debt_to_others(script: Script, random: Random) -> Script | None:
    """Somebody else at the door hears of the debt."""
    told = [one.id for one in script.steps.values() if isinstance(one, Say | Ask) and one.discloses_debt]
    return _choice(
        script,
        random,
        lambda _, one: replace(one, then=random.choice(told)) if told and one.id in OTHERS else None,
    )


def unmarked(script: Script, random: Random) -> Script | None:
    """A step that names the debt does not say that it does."""
    read = script.party in (Party.CUSTOMER, Party.ANYONE)

    def names(step: Say | Ask) -> set[str]:
        aloud = step.aloud.names if isinstance(step, Ask) and step.aloud else ()
        return {*aloud, *(step.text.names if read else ())} & {*DISCLOSING}

    asked = (
        one
        for one in script.steps.values()
        if isinstance(one, Say | Ask) and one.discloses_debt and names(one)
    )
    step = _pick(random, asked)
    return None if step is None else _with(script, replace(step, discloses_debt=False))


def no_lines(script: Script, random: Random) -> Script | None:
    """What the rules of the place want said has no place."""
    step = _pick(random, (one for one in _steps(script, Ask) if one.lines is not None))
    return None if step is None else _with(script, replace(step, lines=None))


def no_button(script: Script, random: Random) -> Script | None:
    """A permanent button of those at the door is gone."""
    if not AT_HAND.get(script.party):
        return None
    gone = random.choice(script.interrupts)
    return replace(script, interrupts=tuple(one for one in script.interrupts if one is not gone))


def hidden_button(script: Script, random: Random) -> Script | None:
    """A choice takes the name of a permanent one."""
    lasting = [one.id for one in script.interrupts]
    return (
        _choice(script, random, lambda _, one: replace(one, id=random.choice(lasting))) if lasting else None
    )


def not_saved(script: Script, random: Random) -> Script | None:
    """An answer that is needed later is not kept."""
    step = _pick(random, (one for one in _steps(script, Ask) if one.save is not None))
    return None if step is None else _with(script, replace(step, save=None))


def empty_name(script: Script, random: Random) -> Script | None:
    """A text has a placeholder that nothing fills in."""
    step = _pick(random, _steps(script, Say))
    if step is None:
        return None
    text = Text(step.text.context, f"{step.text.msgid} {{nickname}}", (*step.text.names, "nickname"))
    return _with(script, replace(step, text=text))


def threat(script: Script, random: Random) -> Script | None:
    """Something is read or said that nobody is ever told."""
    return _said(script, random, lambda words: f"{words} {random.choice(THREATS)}")


def changed_words(script: Script, random: Random) -> Script | None:
    """The English is changed and the translations are not."""
    return _said(script, random, lambda words: f"{words} Please.")


def long_words(script: Script, random: Random) -> Script | None:
    """A text does not fit into a message."""
    return _said(script, random, lambda words: words * (1 + 4096 // max(1, len(words))))


def long_label(script: Script, random: Random) -> Script | None:
    """A button's words do not fit on it."""
    return _choice(
        script, random, lambda _, one: replace(one, label=Text(one.label.context, one.label.msgid + "!" * 40))
    )


def circle(script: Script, random: Random) -> Script | None:
    """A step leads to itself without asking."""
    step = _pick(random, _steps(script, Say))
    return None if step is None else _with(script, replace(step, then=step.id))


def left_out(script: Script, random: Random) -> Script | None:
    """A step is there that nothing leads to."""
    step = Say(
        "left_out",
        Text(f"{script.name}/left_out/say", "Nobody hears this."),
        random.choice(sorted(script.steps)),
    )
    return _with(script, step)


def another_end(script: Script, random: Random) -> Script | None:
    """A script that others run ends in a way that they do not know of."""
    named = {outcome for other in library.scripts()[1].values() for outcome in _awaited(other, script.name)}
    step = _pick(random, (one for one in _steps(script, End) if one.outcome in named))
    return None if step is None else _with(script, End(step.id, f"{step.outcome}_otherwise"))


def _awaited(caller: Script, name: str) -> Iterator[str]:
    for step in _steps(caller, Call):
        yield from step.outcomes if step.script == name else ()
    for choice in caller.interrupts:
        yield from choice.outcomes if choice.call == name else ()


def nagging(script: Script, random: Random) -> Script | None:
    """Who does not answer is asked the same again, for ever."""
    ask = _pick(random, (one for one in _steps(script, Ask) if any(each.then for each in one.timeouts)))
    if ask is None:
        return None
    again = tuple(replace(one, then=ask.id) if one.then else one for one in ask.timeouts)
    return _with(script, replace(ask, timeouts=again))


def deaf(script: Script, random: Random) -> Script | None:
    """A permanent button with the name of a right ends the conversation and does nothing else."""
    end = next(iter(_steps(script, End)), None)
    mine = script.name in BEGUN and script.party is Party.CUSTOMER
    right = _pick(random, (one for one in script.interrupts if mine and one.id in RIGHTS))
    if right is None or end is None:
        return None
    nothing = replace(right, then=end.id, call=None, outcomes={})
    return replace(script, interrupts=tuple(nothing if one is right else one for one in script.interrupts))


MUTATIONS: Mapping[str, Mutate] = {
    one.__name__: one
    for one in (
        *(
            lost_step,
            lost_outcome,
            odd_outcome,
            other_effect,
            no_watch,
            no_identity,
            debt_at_once,
            debt_to_others,
        ),
        *(
            unmarked,
            no_lines,
            no_button,
            hidden_button,
            not_saved,
            empty_name,
            threat,
            changed_words,
            long_words,
        ),
        *(long_label, circle, left_out, another_end, nagging, deaf),
    )
}
