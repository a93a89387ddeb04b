"""Every text of a script that people read."""

from collections.abc import Iterator

from flows.script.model import Ask, Say, Script, Text


def texts(script: Script) -> Iterator[Text]:
    """Yield every text with its context, in the order of the file; `place_of` tells where it stands."""
    for choice in script.interrupts:
        yield choice.label
    for step in script.steps.values():
        if isinstance(step, Say):
            yield step.text
        elif isinstance(step, Ask):
            if step.aloud is not None:
                yield step.aloud
            yield step.text
            if step.hint is not None:
                yield step.hint
            yield from (choice.label for choice in step.choices)
