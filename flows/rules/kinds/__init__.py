"""The kinds of rules: each is data and one pure function, in a file of its own."""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from flows.rules.finding import Finding
from flows.rules.kinds import (
    cease_hold,
    channel_permission,
    contact_window,
    entry,
    evidential_gap,
    frequency_cap,
    hand_over,
    identity_before_disclosure,
    leave,
    mandatory_line,
    minimum_gap,
    minimum_notice,
    occasion_blackout,
    payment_taking,
    personal_calendar,
    recording,
    retention,
    staffing,
    third_party,
    wording,
)
from flows.rules.question import Question


class Kind(NamedTuple):
    """How a value is read and judged, and whether a child's stays within its parent's.

    A kind without `judge` speaks about no action: it is shown, or asked for by name.
    """

    read: Callable[[Any], Any]
    judge: Callable[[Any, Question, tuple[str, ...]], Finding] | None = None
    within: Callable[[Any, Any], bool] | None = None


KINDS: Mapping[str, Kind] = {
    "cease_hold": Kind(cease_hold.read, cease_hold.judge, cease_hold.within),
    "channel_permission": Kind(channel_permission.read, channel_permission.judge, channel_permission.within),
    "contact_window": Kind(contact_window.read, contact_window.judge, contact_window.within),
    "entry": Kind(entry.read, entry.judge, entry.within),
    "evidential_gap": Kind(evidential_gap.read),
    "frequency_cap": Kind(frequency_cap.read, frequency_cap.judge, frequency_cap.within),
    "hand_over": Kind(hand_over.read, within=hand_over.within),
    "identity_before_disclosure": Kind(identity_before_disclosure.read, identity_before_disclosure.judge),
    "leave": Kind(leave.read, leave.judge, leave.within),
    "mandatory_line": Kind(mandatory_line.read, mandatory_line.judge),
    "minimum_gap": Kind(minimum_gap.read, minimum_gap.judge, minimum_gap.within),
    "minimum_notice": Kind(minimum_notice.read, minimum_notice.judge, minimum_notice.within),
    "occasion_blackout": Kind(occasion_blackout.read, occasion_blackout.judge),
    "payment_taking": Kind(payment_taking.read, payment_taking.judge, payment_taking.within),
    "personal_calendar": Kind(personal_calendar.read, personal_calendar.judge),
    "recording": Kind(recording.read, recording.judge),
    "retention": Kind(retention.read, within=retention.within),
    "staffing": Kind(staffing.read, staffing.judge, staffing.within),
    "third_party": Kind(third_party.read, third_party.judge, third_party.within),
    "conduct": Kind(wording.read_conduct),
    "papers": Kind(wording.read_papers),
}
# The kinds that say when, and not whether or how.
TIMING = frozenset(
    {
        *("contact_window", "frequency_cap", "minimum_gap", "minimum_notice"),
        *("personal_calendar", "occasion_blackout", "cease_hold"),
    }
)
