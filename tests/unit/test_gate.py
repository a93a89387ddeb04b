"""There is no way around the gate: every message to a customer, every slot and every disclosing step is judged.

Read off the syntax trees of the shell. A new way out makes one of these tests fail, whatever it is called.
"""

import ast
from dataclasses import fields
from functools import cache
from pathlib import Path

from bot.service.conversations import turns
from flows.engine import SendPrompt, SendText

ROOT = Path(__file__).parents[2]
JUDGES = frozenset({"judge_slot", "judge_announced", "checked"})  # `checked` is the plan's, tried below


@cache
def functions() -> list[tuple[str, ast.AsyncFunctionDef | ast.FunctionDef]]:
    """Return every function of the shell with its module."""
    files = [
        (file, file.relative_to(ROOT).with_suffix("").parts) for file in sorted((ROOT / "bot").rglob("*.py"))
    ]
    return [
        (".".join(parts), node)
        for file, parts in files
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.AsyncFunctionDef | ast.FunctionDef)
    ]


def calls(function: ast.AST, *names: str) -> list[ast.Call]:
    """Return the calls in a function whose last words are one of `names`: `put`, or `outbox.put`."""
    found = [node for node in ast.walk(function) if isinstance(node, ast.Call)]
    return [
        node for node in found if any(f".{ast.unparse(node.func)}".endswith(f".{name}") for name in names)
    ]


def who(*names: str) -> set[tuple[str, str]]:
    """Return the functions that call one of `names`, by module and name."""
    return {(module, one.name) for module, one in functions() if calls(one, *names)}


def strings(call: ast.Call) -> set[object]:
    """Return the constants that a call is given, however deep."""
    return {node.value for node in ast.walk(call) if isinstance(node, ast.Constant)}


def order(function: ast.AST, *names: str) -> list[str]:
    """Return in which order a function calls these, by where they stand."""
    found = [(call.lineno, name) for name in names for call in calls(function, name)]
    return [name for _, name in sorted(found)]


def one(module: str, name: str) -> ast.AST:
    """Return a function by module and name."""
    return next(node for found, node in functions() if (found, node.name) == (module, name))


def test_rows_of_the_outbox_come_from_two_places() -> None:
    """Messages are put down by `post.to_staff` and `contact.to_customer`, and written by the changes of a turn."""
    assert who("outbox.append", "outbox.extend", "outbox.insert") == {
        ("bot.service.outbound.post", "to_staff"),
        ("bot.service.outbound.contact", "to_customer"),
    }
    assert who("outbox.put") == {("bot.service.conversations.changes", "write")}
    written = {
        file.name
        for file in (ROOT / "bot" / "store").glob("*.py")
        if "insert" in file.read_text("utf-8") and "import outbox" in file.read_text("utf-8")
    }
    assert written == {"outbox.py"}


def test_a_row_to_a_customer_is_made_where_it_is_judged() -> None:
    """Only `to_customer` makes a row that counts as a contact, and only after it asked the rules."""
    makers = {
        (module, node.name): {
            keyword.value.value
            for call in calls(node, "row_of")
            for keyword in call.keywords
            if keyword.arg == "contact" and isinstance(keyword.value, ast.Constant)
        }
        for module, node in functions()
        if any(keyword.arg == "contact" for call in calls(node, "row_of") for keyword in call.keywords)
    }
    assert makers == {
        ("bot.service.outbound.post", "to_staff"): {False},
        ("bot.service.outbound.contact", "to_customer"): {True},
    }
    steps = order(
        one("bot.service.outbound.contact", "to_customer"), "judge_message", "outbox.append", "keep"
    )
    assert steps == ["judge_message", "outbox.append", "keep"]


def test_nothing_goes_to_the_sender_but_rows() -> None:
    """What is handed to the sender is a claimed row, a colleague's message, or the answer to a tap."""
    assert who("Outgoing") == {
        ("bot.service.outbound.delivery", "_outgoing"),
        ("bot.service.outbound.post", "to_staff"),
        ("bot.service.outbound.post", "answer_tap"),
    }


def test_what_waits_is_judged_before_it_leaves() -> None:
    """A claimed contact is judged on the facts of the moment before it becomes a call."""
    assert order(one("bot.service.outbound.delivery", "_open"), "_judge", "_outgoing") == [
        "_judge",
        "_outgoing",
    ]
    assert who("_outgoing", "open_call") == {
        ("bot.service.outbound.delivery", "_open"),
        ("bot.service.outbound.delivery", "_outgoing"),
        ("bot.service.archive.messages", "html_of"),  # into a file about the case, not to anybody's chat
    }


def test_a_slot_is_offered_and_fixed_by_functions_that_judge_it() -> None:
    """Whoever writes the time of a visit, approves or confirms one, asks the rules in the same function."""
    fixing = {
        (module, node.name): node
        for module, node in functions()
        if module.startswith("bot.service")
        and (
            calls(node, "visits.put")
            or any("starts_at" in {keyword.arg for keyword in call.keywords} for call in _visit_writes(node))
            or any(strings(call) & {"approved", "confirmed"} - _before(call) for call in _visit_writes(node))
        )
    }
    assert fixing
    assert {name for name, node in fixing.items() if not calls(node, *JUDGES)} == set()


def _visit_writes(function: ast.AST) -> list[ast.Call]:
    return calls(function, "visits.move_status", "visits.change")


def _before(call: ast.Call) -> set[object]:
    """Return the statuses that a move starts from."""
    given = call.args[2:3] if calls(call, "move_status") else []
    return {node.value for start in given for node in ast.walk(start) if isinstance(node, ast.Constant)}


def test_slots_on_offer_are_lawful_ones() -> None:
    """What is offered is what the rules said yes to, and a plan is judged again before it is approved."""
    module = "bot.service.customer.availability"
    assert calls(one(module, "__call__"), "judge_slot")
    assert calls(one(module, "_market"), "judge_for")
    for name in ("free_days", "slots_of"):
        assert calls(one(module, name), "_market")
    assert calls(one("bot.service.desk.planning.plan", "checked"), "judge_slot")


def test_each_step_that_can_disclose_is_judged_first() -> None:
    """Every effect that may disclose a debt is carried out by a handler whose first deed is to ask the rules."""
    disclosing = {
        kind for kind in turns.EFFECTS if "discloses_debt" in {field.name for field in fields(kind)}
    }
    assert disclosing == {SendText, SendPrompt}
    for kind in disclosing:
        handler = one("bot.service.conversations.turns", turns.EFFECTS[kind].__name__)
        first = next(
            node for node in handler.body if not isinstance(node, ast.Expr) or calls(node, "check_disclosure")
        )
        assert calls(first, "check_disclosure"), handler.name
    check = one("bot.service.conversations.said", "check_disclosure")
    assert order(check, "judge_step", "keep", "DisclosureRefused") == [
        "judge_step",
        "keep",
        "DisclosureRefused",
    ]


def test_the_rules_are_asked_in_one_place() -> None:
    """Only the gate asks `decide` about the present; the replay asks it about the past."""
    asking = {
        file.relative_to(ROOT).as_posix()
        for file in (ROOT / "bot").rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.ImportFrom)
        and (node.module or "").startswith("flows.rules")
        and "decide" in {alias.name for alias in node.names}
    }
    assert asking == {"bot/service/outbound/gate.py", "bot/service/desk/rules/replay.py"}
