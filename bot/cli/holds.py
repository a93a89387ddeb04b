"""`hold`, `lift`, `consent` and `notified`: recording what was said or sent outside the chat."""

from datetime import date, datetime
from typing import Annotated

import typer

from bot.app import open_installation
from bot.cli.output import wait
from bot.errors import InputRefused
from bot.service.customer.holds import Opened
from bot.service.desk.cases.holds import hold_case, lift_case, record_consent, withdraw_consent
from bot.service.desk.cases.notices import record_notice
from bot.settings import load_settings
from flows.rules import ConsentForm

Ref = Annotated[str, typer.Argument(help="The case reference.")]
Day = Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="The last day.")]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("hold")(hold)
    app.command("lift")(lift)
    app.command("consent")(consent)
    app.command("notified")(notified)


def hold(
    case: Ref,
    kind: Annotated[str, typer.Argument(help="dispute, representative, breathing_space, deceased ...")],
    until: Day = None,
    note: Annotated[str, typer.Option(help="What came, from whom, when. Kept sealed.")] = "",
) -> None:
    """Put a case on hold, for what came by letter or telephone. How long it lasts stands in the rule pack."""
    done = wait(_hold(case, kind, until.date() if until else None, note))
    ends = f"until {done.until:%Y-%m-%d %H:%M} UTC" if done.until else "until somebody lifts it"
    print(f"{case} is on hold ({kind}), {ends}.")
    if done.terms is not None:
        rules = ", ".join(map(str, done.terms.rules))
        print(f"Obeyed by {rules} ({'; '.join(done.terms.citations)}).")
    if done.cancelled:
        print("The planned visit is cancelled.")


async def _hold(case: str, kind: str, until: date | None, note: str) -> Opened:
    async with open_installation(load_settings()) as inst:
        return await hold_case(inst, case, kind, until=until, note=note)


def lift(
    case: Ref,
    kind: Annotated[str, typer.Argument(help="The kind of hold, as `doorstep case` shows it.")],
    reason: Annotated[str, typer.Option(help="What was checked or agreed. Kept sealed.")],
) -> None:
    """Lift a hold with a reason. Nothing begins again by itself."""

    async def work() -> int:
        async with open_installation(load_settings()) as inst:
            return await lift_case(inst, case, kind, reason)

    wait(work())
    print(
        f"Lifted: {kind}. Nothing begins again by itself; `doorstep plan` proposes a visit when one may be."
    )


def consent(
    case: Ref,
    topic: Annotated[str, typer.Argument(help="As the rules name it: hours, visit_place, third_party ...")],
    form: Annotated[str, typer.Option(help="oral, express, written or contract.")] = "express",
    until: Day = None,
    withdraw: Annotated[bool, typer.Option("--withdraw", help="The customer takes it back.")] = False,
) -> None:
    """Record what a customer agreed to, or that they take it back. `doorstep rules list` says what asks for it."""
    if form not in set(ConsentForm):
        raise InputRefused(f"--form: write one of {', '.join(ConsentForm)}.")

    async def work() -> int:
        async with open_installation(load_settings()) as inst:
            if withdraw:
                return await withdraw_consent(inst, case, topic)
            await record_consent(inst, case, topic, ConsentForm(form), until.date() if until else None)
            return 1

    ended = wait(work())
    if withdraw:
        print(f"{ended} withdrawn; what the rules asked it for is not allowed any more.")
    else:
        print(f"Recorded: {topic} ({form}).")


def notified(
    case: Ref,
    notice: Annotated[str, typer.Argument(help="As the rules name it: collection_start, agency_notice ...")],
    on: Day = None,
) -> None:
    """Record that a customer was given a notice on paper; where a rule asks for one, nothing may come before it."""

    async def work() -> None:
        async with open_installation(load_settings()) as inst:
            await record_notice(inst, case, notice, on.date() if on else None)

    wait(work())
    print(f"Recorded: {case} was given {notice}; the rules count from it.")
