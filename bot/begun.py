"""How each script is begun, and what scripts must respect: what the proofs of `flows check` start from."""

from collections.abc import Mapping

from flows.script import Party
from flows.script.lint import Start

_BY_COMMAND = Start()  # typed by a customer, perhaps before they have shown who they are
_OF_ITEM = Start(values=("item", "alarm"))

# In the order of a case. `identified`: the code begins it only in the chat of a customer who has shown who they are.
BEGUN: Mapping[str, Start] = {
    "enrolment": Start(),
    "resume": Start(),
    **dict.fromkeys(("help", "rights", "complain", "privacy", "times", "language"), _BY_COMMAND),
    "visit_notice": Start(identified=True),
    "at_the_door": Start(identified=True),
    "onsite": Start(),
    "safety": Start(),
    "account": Start(identified=True),
    "agreement": Start(identified=True, values=("agreement",)),
    "take_back": Start(identified=True, values=("agreement",)),
    "follow_up": Start(identified=True, values=("promise_id",)),
    "receipt": Start(identified=True, values=("not_found",)),
    "satisfaction": Start(identified=True, values=("occasion",)),
    "plan_by_phone": Start(values=("item", "alarm"), said=("right_party", "them")),
    "answer": _OF_ITEM,
    "match": _OF_ITEM,
    "resolve": _OF_ITEM,
    "stop_case": Start(),
    "put_on_hold": Start(),
    "lift_hold": Start(values=("hold",)),
    "overrule": Start(values=("treatment", "chosen", "recommended")),
}
IDENTIFIES = (("check_identity", "right"), ("establish_identity", "done"))
OTHERS = ("someone_else", "child", "not_them")  # choices that say that it is not the customer
DISCLOSING = (  # placeholders that tell of the debt
    *(
        "outstanding",
        "overdue_days",
        "overdue_for",
        "product",
        "promise_amount",
        "promise_left",
        "promise_day",
    ),
    *("can_pay", "plan_options", "plan_chosen", "plan_missing"),
    *(
        "agreement_terms",
        "agreement_schedule",
        "agreement_short",
        "agreement_next",
        "visit_agreed",
        "visit_offered",
    ),
)
RIGHTS: Mapping[str, str] = {"stop": "stop_messages", "help": "help", "complain": "complain"}
_AT_THE_DOOR = ("tension", "leave", "sos", "note", "cards")
AT_HAND: Mapping[Party, tuple[str, ...]] = {
    Party.COLLECTOR: _AT_THE_DOOR,
    Party.SAFETY_OFFICER: _AT_THE_DOOR,
}
