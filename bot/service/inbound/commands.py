"""What each role may type after a slash: a table, so that the menus and `/help` cannot say anything else."""

from collections.abc import Awaitable, Callable, Mapping
from typing import TYPE_CHECKING

from bot.service.conversations.conversation import BACK_TO
from bot.service.customer import enrol
from bot.service.customer.stop import stop_case
from bot.service.customer.the_visit import show_visit
from bot.service.desk import board
from bot.service.desk.cases import chat as desk
from bot.service.desk.evaluation.ask import report
from bot.service.desk.files import chat as import_chat
from bot.service.desk.planning import days_off
from bot.service.desk.queue import chat as queue
from bot.service.desk.queue.drill import drill
from bot.service.desk.reminders import chat as remind
from bot.service.field import day as field
from bot.service.field.evidence.texts import SEND_IN
from bot.service.field.heed import set_word
from bot.service.inbound.incoming import Command
from bot.service.outbound.texts import (
    COMMANDS,
    HELP_HEADING,
    SCHEDULER_PLAN,
    STOPPED,
    UNKNOWN_COMMAND,
)
from bot.service.person import FIELD_ROLES
from bot.service.solutions.chat import agreed
from bot.store import cases
from flows.engine import InterruptRaised, open_options
from flows.rules import Purpose
from flows.script import Text

if TYPE_CHECKING:
    from bot.service.conversations.talk import Talk

Obey = Callable[["Talk", Command], Awaitable[None]]


async def obey(talk: "Talk", command: Command) -> None:
    """Obey a command that this chat's role has; say politely that there is none otherwise."""
    if command.name == "start":
        await enrol.start(talk, command)
        return
    row = BY_ROLE[await role_of(talk)].get(command.name)
    if row is None:
        await talk.say(UNKNOWN_COMMAND)
    else:
        await row(talk, command)


async def role_of(talk: "Talk") -> str:
    """Return the role of this chat: a staff role, `customer`, or `stranger`."""
    if talk.staff is not None:
        return talk.staff.role
    case = await cases.of_chat(talk.batch.tx, talk.chat_id)
    return "customer" if case is not None else "stranger"


async def help_(talk: "Talk", command: Command) -> None:
    """List the commands of this role."""
    role = await role_of(talk)
    if role == "customer":
        await _script(talk, command)
        return
    lines = [talk.text(HELP_HEADING), ""]
    lines += [f"/{name} – {talk.text(text)}" for name, text in menu_of(role)]
    if role in FIELD_ROLES:
        lines += ["", talk.text(SEND_IN)]
    await talk.reply(talk.batch.inst.calls.say(talk.chat_id, "\n".join(lines)))


async def _script(talk: "Talk", command: Command) -> None:
    """A customer's command is a permanent choice of the open question, or a short conversation of its own."""
    conversation = talk.foreground()
    if conversation is not None:
        options = open_options(conversation.script, conversation.session)
        if any(option.permanent and option.id == command.name for option in options):
            await talk.move(conversation, InterruptRaised(talk.batch.now, command.name))
            return
        if conversation.script.name == command.name:
            await talk.repeat(conversation)
            return
    await _beside(talk, command.name)


async def _beside(talk: "Talk", script: str, **values: object) -> None:
    """Begin a conversation that leads back to the question that is open now, if there is one."""
    conversation = talk.foreground()
    case = await cases.of_chat(talk.batch.tx, talk.chat_id)
    if conversation is not None:
        values[BACK_TO] = conversation.id
    await talk.begin(script, case_id=case.id if case is not None else None, values=values)


async def _stop(talk: "Talk", command: Command) -> None:
    """Stop works from anywhere, with or without an open question; it is confirmed once."""
    case = await cases.of_chat(talk.batch.tx, talk.chat_id)
    if case is None:
        return
    await talk.secure()
    if await stop_case(talk, case.id):
        html = talk.text(STOPPED, contact=talk.batch.inst.settings.contact)
        call = talk.batch.inst.calls.say(talk.chat_id, html)
        await talk.reply(call, purpose=Purpose.OPT_OUT_CONFIRMATION)


async def _visit(talk: "Talk", command: Command) -> None:
    await show_visit(talk)


async def _complain(talk: "Talk", command: Command) -> None:
    """A complaint typed behind the command is passed on at once, without a question."""
    words = command.argument.strip()
    if not words:
        await _script(talk, command)
        return
    await _beside(talk, "complain", complaint=words)


CUSTOMER: Mapping[str, Obey] = {
    "visit": _visit,
    "plan": agreed,
    "rights": _script,
    "help": help_,
    "language": _script,
    "times": _script,
    "complain": _complain,
    "privacy": _script,
    "stop": _stop,
}
FIELD: Mapping[str, Obey] = {
    "today": field.today,
    "next": field.next_visit,
    "off": days_off.off,
    "sos": field.sos,
    "word": set_word,
    "help": help_,
    "language": _script,
}
DESK: Mapping[str, Obey] = {
    "queue": queue.queue,
    "board": board.board,
    "import": import_chat.explain,
    "plan": desk.plan,
    "off": days_off.off,
    "drill": drill,
    "case": desk.case,
    "remind": remind.remind,
    "report": report,
    "help": help_,
    "language": _script,
}
BY_ROLE: Mapping[str, Mapping[str, Obey]] = {
    "customer": CUSTOMER,
    "collector": FIELD,
    "safety_officer": FIELD,
    "scheduler": DESK,
    "admin": DESK,
    "stranger": {},
}


def menu_of(role: str) -> list[tuple[str, Text]]:
    """Return a role's commands with what they do, in the order of the menu."""
    texts = dict(COMMANDS) | ({"plan": SCHEDULER_PLAN} if role in ("scheduler", "admin") else {})
    return [(name, texts[name]) for name in BY_ROLE[role]]
