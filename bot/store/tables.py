"""Every table. Times are aware UTC; `_enc` columns are sealed by `vault`; money is in minor units."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    text,
)

from bot.store.types import Json, Sealed, UtcDateTime

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _id() -> Column[int]:
    return Column("id", BigInteger, primary_key=True, autoincrement=False)


keys = Table(
    "keys",
    metadata,
    Column("id", String(40), primary_key=True),  # "case:<id>", "staff", "intake"
    Column("wrapped", Sealed, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("destroyed_at", UtcDateTime),
)

people = Table(
    "people",
    metadata,
    _id(),
    Column("role", String(20), nullable=False),  # collector, safety_officer, scheduler, admin
    Column("name_enc", Sealed, nullable=False),
    Column("badge", String(40), nullable=False),
    Column("locale", String(10), nullable=False),
    Column("timezone", String(64), nullable=False),
    Column("chat_id", BigInteger, index=True),
    Column("word_enc", Sealed),  # calls for help without a sign
    Column("rung", Integer),  # place on the ladder of an alarm that nobody takes, from 1
    Column("active", Boolean, nullable=False),
    Column(
        "hours", String(200)
    ),  # as `roster.write_hours` writes them; these three limit nothing where unset
    Column("areas", Json),
    Column("languages", Json),
    Column("created_at", UtcDateTime, nullable=False),
)

portraits = Table(
    "portraits",
    metadata,
    Column("person_id", BigInteger, ForeignKey("people.id"), primary_key=True, autoincrement=False),
    Column("picture_enc", Sealed, nullable=False),
    Column("set_at", UtcDateTime, nullable=False),
)

absences = Table(
    "absences",
    metadata,
    _id(),
    Column("person_id", BigInteger, ForeignKey("people.id"), nullable=False, index=True),
    Column("first_day", Date, nullable=False),  # of the person's own zone
    Column("last_day", Date, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("cancelled_at", UtcDateTime),
)

invites = Table(
    "invites",
    metadata,
    Column("token_hash", Sealed, primary_key=True),
    Column("person_id", BigInteger, ForeignKey("people.id")),
    Column("case_id", BigInteger, ForeignKey("cases.id"), index=True),
    Column("expires_at", UtcDateTime, nullable=False),
    Column("used_at", UtcDateTime),
    Column("used_by_chat", BigInteger),
    Column("created_at", UtcDateTime, nullable=False),
)

chats = Table(
    "chats",
    metadata,
    Column("chat_id", BigInteger, primary_key=True, autoincrement=False),
    Column("locale", String(10)),  # the person's own choice
    Column("session_id", BigInteger),  # the conversation that typed text belongs to
    Column("unreachable_at", UtcDateTime),
    Column("unreachable_why", String(40)),
    Column("created_at", UtcDateTime, nullable=False),
)

cases = Table(
    "cases",
    metadata,
    _id(),
    Column("case_ref", String(64), nullable=False, unique=True),
    Column("jurisdiction", String(12), nullable=False),
    Column("timezone", String(64), nullable=False),
    Column("locale", String(10), nullable=False),
    Column("currency", String(3), nullable=False),
    Column("outstanding", BigInteger, nullable=False),
    Column("overdue_since", Date, nullable=False),
    Column("personal_enc", Sealed, nullable=False),  # name, phone, id_last4, address, notes ...
    Column("id_hash", Sealed, nullable=False),
    Column("phone_hash", Sealed, nullable=False, index=True),
    Column("loan", Json, nullable=False),  # the other, impersonal columns of the file
    Column("chat_id", BigInteger, index=True),
    Column("link_no", Integer, nullable=False, server_default=text("0")),  # which link is the valid one
    Column("stage", String(20), nullable=False),  # imported, linked, identified, planned ... settled
    Column("identity_tries", Integer, nullable=False, server_default=text("0")),
    Column("identity_locked_until", UtcDateTime),
    Column("identified_at", UtcDateTime),
    Column("imported_at", UtcDateTime, nullable=False),
    Column("updated_at", UtcDateTime, nullable=False),
)

# What a case was on the day it was taken in, before anybody was written to. A group, of `visit` or `reminder`, is none
# where the case is in no trial; it never changes.
baselines = Table(
    "baselines",
    metadata,
    Column("case_id", BigInteger, ForeignKey("cases.id"), primary_key=True, autoincrement=False),
    Column("taken_at", UtcDateTime, nullable=False),
    Column("grades", Json, nullable=False),  # by view, as ids
    Column("visit", String(8)),  # treated, held_out
    Column("reminder", String(8)),
)

holds = Table(
    "holds",
    metadata,
    _id(),
    Column("case_id", BigInteger, ForeignKey("cases.id"), nullable=False, index=True),
    Column(
        "kind", String(24), nullable=False
    ),  # stop, dispute, hardship, representative, breathing_space ...
    Column("since", UtcDateTime, nullable=False),
    Column("until", UtcDateTime),  # null: until somebody lifts it
    Column("note_enc", Sealed),  # what was said, in their words
    Column("opened_by", String(48), nullable=False, server_default=text("'customer'")),  # as audit.actor
    Column("lifted_at", UtcDateTime),
    Column("lifted_by", String(48)),
    Column("lift_reason_enc", Sealed),
)

calls = Table(
    "calls",
    metadata,
    _id(),
    Column("case_id", BigInteger, ForeignKey("cases.id"), nullable=False, index=True),
    Column("visit_id", BigInteger),
    Column("person_id", BigInteger, ForeignKey("people.id"), nullable=False),  # who called
    Column("at", UtcDateTime, nullable=False),
    Column("outcome", String(12), nullable=False),  # contacted: spoken to; attempted: nobody answered
)

notices = Table(
    "notices",
    metadata,
    _id(),
    Column("case_id", BigInteger, ForeignKey("cases.id"), nullable=False, index=True),
    Column("kind", String(32), nullable=False),  # as the rules name it: collection_start, agency_notice ...
    Column("given_at", UtcDateTime, nullable=False),
    Column("recorded_at", UtcDateTime, nullable=False),
    Column("recorded_by", String(48), nullable=False),  # as audit.actor
)

consents = Table(
    "consents",
    metadata,
    _id(),
    Column("case_id", BigInteger, ForeignKey("cases.id"), nullable=False, index=True),
    Column("topic", String(40), nullable=False),  # as rules name it: hours, visit_place ...
    Column("form", String(12), nullable=False),  # oral, express, written, contract
    Column("since", UtcDateTime, nullable=False),
    Column("until", UtcDateTime),  # null: until it is withdrawn
    Column("recorded_by", String(48), nullable=False),
)

barred_times = Table(
    "barred_times",
    metadata,
    _id(),
    Column("case_id", BigInteger, ForeignKey("cases.id"), nullable=False, index=True),
    Column("weekday", Integer, nullable=False),  # Monday is 0
    Column("opens", Integer, nullable=False),  # minutes of the day by the customer's clock
    Column("closes", Integer, nullable=False),  # exclusive; 1440 is midnight
    Column("created_at", UtcDateTime, nullable=False),
)

visits = Table(
    "visits",
    metadata,
    _id(),
    Column("case_id", BigInteger, ForeignKey("cases.id"), nullable=False, index=True),
    Column("collector_id", BigInteger, ForeignKey("people.id"), nullable=False),
    Column("safety_officer_id", BigInteger, ForeignKey("people.id"), nullable=False),
    Column("starts_at", UtcDateTime, nullable=False),
    Column("ends_at", UtcDateTime, nullable=False),
    Column(
        "status", String(16), nullable=False
    ),  # proposed, approved, noticed, confirmed, under_way, ended, cancelled
    Column("sequence", Integer, nullable=False, server_default=text("0")),  # how often it was moved
    Column("outcome", String(32)),
    Column("approved_at", UtcDateTime),
    Column("noticed_at", UtcDateTime),
    Column("confirmed_at", UtcDateTime),
    Column("collector_in_at", UtcDateTime),
    Column("safety_officer_in_at", UtcDateTime),
    Column("collector_out_at", UtcDateTime),
    Column("safety_officer_out_at", UtcDateTime),
    Column("identity_at", UtcDateTime),  # right party established at the door
    Column("extended_to", UtcDateTime),  # the expected end, where the team took more time
    Column("collector_well_at", UtcDateTime),  # answered that all is well
    Column("safety_officer_well_at", UtcDateTime),
    Column("created_at", UtcDateTime, nullable=False),
    Index("ix_visits_collector", "collector_id", "starts_at"),
    Index("ix_visits_safety_officer", "safety_officer_id", "starts_at"),
)

_LIVE = text("status in ('approved','noticed','confirmed','under_way')")
Index(
    "uq_visits_collector_live",
    visits.c.collector_id,
    visits.c.starts_at,
    unique=True,
    sqlite_where=_LIVE,
    postgresql_where=_LIVE,
)
Index("uq_visits_case_live", visits.c.case_id, unique=True, sqlite_where=_LIVE, postgresql_where=_LIVE)

plan_runs = Table(
    "plan_runs",
    metadata,
    _id(),
    Column("kind", String(12), nullable=False),  # plan, replan
    Column("person_id", BigInteger, ForeignKey("people.id")),  # who waits for the answer
    Column("state", String(10), nullable=False, index=True),  # waiting, done, failed
    Column("attempts", Integer, nullable=False, server_default=text("0")),
    Column("created_at", UtcDateTime, nullable=False),
    Column("done_at", UtcDateTime),
)

sessions = Table(
    "sessions",
    metadata,
    _id(),
    Column("chat_id", BigInteger, nullable=False, index=True),
    Column("case_id", BigInteger, ForeignKey("cases.id"), index=True),
    Column("visit_id", BigInteger, ForeignKey("visits.id"), index=True),
    Column("person_id", BigInteger, ForeignKey("people.id")),
    Column("script", String(40), nullable=False),
    Column("version", Integer, nullable=False),
    Column("status", String(12), nullable=False),
    Column("turn", Integer, nullable=False),
    Column(
        "asked_no", Integer, nullable=False, server_default=text("0")
    ),  # prompt that first asked what is open
    Column("body_enc", Sealed, nullable=False),
    Column("started_at", UtcDateTime, nullable=False),
    Column("updated_at", UtcDateTime, nullable=False),
)

timers = Table(
    "timers",
    metadata,
    _id(),
    Column("kind", String(24), nullable=False),  # session, start_notice, notice_deadline, hold_end
    Column("subject_id", BigInteger, nullable=False),  # session id, visit id ...
    Column("key", String(80), nullable=False),
    Column("turn", Integer, nullable=False),
    Column("due_at", UtcDateTime, nullable=False),
    Column("status", String(10), nullable=False),  # waiting, done, cancelled
    Column("attempts", Integer, nullable=False, server_default=text("0")),
    Index("ix_timers_status_due_at", "status", "due_at"),
    Index("ix_timers_subject_id_key", "subject_id", "key"),
)

inbox = Table(
    "inbox",
    metadata,
    Column("update_id", BigInteger, primary_key=True, autoincrement=False),
    Column("chat_id", BigInteger),
    Column("body_enc", Sealed, nullable=False),
    Column("received_at", UtcDateTime, nullable=False),
    Column("handled_at", UtcDateTime),
    Column("attempts", Integer, nullable=False, server_default=text("0")),
    Column("fault", String(200)),
)
_UNHANDLED = text("handled_at is null")
Index(
    "ix_inbox_unhandled",
    inbox.c.update_id,
    sqlite_where=_UNHANDLED,
    postgresql_where=_UNHANDLED,
)

outbox = Table(
    "outbox",
    metadata,
    _id(),
    Column("effect_key", String(80), nullable=False, unique=True),
    Column("chat_id", BigInteger, nullable=False),
    Column("lane", Integer, nullable=False),  # 0 safety, 1 replies, 2 confirmations, 3 reminders, 4 bulk
    Column("method", String(40), nullable=False),
    Column("body_enc", Sealed, nullable=False),
    Column("key_id", String(40), nullable=False),
    Column("case_id", BigInteger, index=True),
    Column("visit_id", BigInteger),
    Column("session_id", BigInteger),
    Column("prompt_no", Integer),  # set on prompts: a newer one of the session replaces it
    Column("purpose", String(24), nullable=False),  # notice, reminder, reply, alert ...
    Column("contact", Boolean, nullable=False),  # counts as a contact with a customer
    Column("not_before", UtcDateTime, nullable=False),
    Column("not_after", UtcDateTime),  # past it the rules are asked again
    Column("state", String(10), nullable=False),  # ready, sending, sent, failed, unknown, withdrawn
    Column("attempts", Integer, nullable=False, server_default=text("0")),
    Column("message_id", BigInteger),
    Column("text_hash", Sealed),
    Column("fault", String(200)),
    Column("created_at", UtcDateTime, nullable=False),
    Column("sent_at", UtcDateTime),
    Index("ix_outbox_state_lane_not_before", "state", "lane", "not_before"),
    Index("ix_outbox_session_id_prompt_no", "session_id", "prompt_no"),
    Index("ix_outbox_chat_id_message_id", "chat_id", "message_id"),
)

receipts = Table(
    "receipts",
    metadata,
    _id(),
    Column("at", UtcDateTime, nullable=False, index=True),
    Column("about", String(20), nullable=False),  # message, reply, visit_slot, onsite_step
    Column("outcome", String(8), nullable=False),  # allowed, wait, refused
    Column("case_id", BigInteger, nullable=False, index=True),
    Column("outbox_id", BigInteger, index=True),
    Column("visit_id", BigInteger, index=True),
    Column("session_id", BigInteger),
    Column("step", String(120)),  # script/step
    Column("verdict", Json, nullable=False),  # rules, versions and facts: enough to judge again
)

answers = Table(
    "answers",
    metadata,
    _id(),
    Column("session_id", BigInteger, nullable=False, index=True),
    Column("case_id", BigInteger, index=True),
    Column("visit_id", BigInteger, index=True),
    Column("step", String(80), nullable=False),
    Column("name", String(40), nullable=False),
    Column("value_enc", Sealed, nullable=False),
    Column("at", UtcDateTime, nullable=False),
)

evidence = Table(
    "evidence",
    metadata,
    _id(),
    Column("case_id", BigInteger, ForeignKey("cases.id"), nullable=False, index=True),
    Column("visit_id", BigInteger, ForeignKey("visits.id"), index=True),
    Column("person_id", BigInteger, ForeignKey("people.id")),  # who sent it; none: the customer
    Column("chat_id", BigInteger, nullable=False),
    Column("message_id", BigInteger),
    Column("album", String(40)),  # Telegram's, where several were sent as one
    Column("step", String(120), nullable=False),  # script.step that was open
    Column("kind", String(12), nullable=False),  # photo, photo_file, voice, document, location
    Column("state", String(10), nullable=False),  # received, kept, same, refused, lost
    Column("fault", String(24)),  # too_large, wrong_type: why it was refused
    Column("file_ref", String(200)),  # Telegram's; a location has none
    Column("unique_ref", String(80)),  # Telegram's, the same for the same file
    Column("claimed_type", String(100)),
    Column("claimed_size", BigInteger),  # bytes
    Column("detail_enc", Sealed, nullable=False),  # file name, caption, place and its signals
    Column("content_type", String(100)),  # by its first bytes
    Column("size", BigInteger),  # bytes
    Column("sha256", Sealed),
    Column("first_id", BigInteger),  # the piece that this one is the same as, or came in place of
    Column("said_at", UtcDateTime, nullable=False),  # the message's own time
    Column("received_at", UtcDateTime, nullable=False),
    Column("kept_at", UtcDateTime),
    Column("attempts", Integer, nullable=False, server_default=text("0")),
    Column("due_at", UtcDateTime),  # when it is to be fetched
    Column("held_until", UtcDateTime),  # a worker is at it
    Index("ix_evidence_chat_id_album", "chat_id", "album"),
    Index("ix_evidence_person_id_kind", "person_id", "kind"),
    Index("ix_evidence_state_due_at", "state", "due_at"),
)

# What somebody would pay on a day: by word at the door, or as one instalment of an agreement.
promises = Table(
    "promises",
    metadata,
    _id(),
    Column("case_id", BigInteger, ForeignKey("cases.id"), nullable=False, index=True),
    Column("visit_id", BigInteger),
    Column("amount", BigInteger),
    Column("due_on", Date, nullable=False),
    Column("status", String(12), nullable=False),  # see bot/store/promises.py
    Column("created_at", UtcDateTime, nullable=False),  # since when it binds
    Column("closed_at", UtcDateTime),
    Column("agreement_id", BigInteger, index=True),
    Column("number", Integer),  # of the instalment, from 1
)

agreements = Table(
    "agreements",
    metadata,
    _id(),
    Column("case_id", BigInteger, ForeignKey("cases.id"), nullable=False, index=True),
    Column("visit_id", BigInteger),
    Column("terms", Json, nullable=False),  # see bot/service/solutions/terms.py
    Column("basis", String(12), nullable=False),  # what the monthly figure rests on
    Column("authority", String(12), nullable=False),  # who must grant it
    Column("status", String(12), nullable=False),  # see bot/store/agreements.py
    Column("made_by", String(48), nullable=False),  # as audit.actor
    Column("granted_by", String(48)),
    Column("seconded_by", String(48)),
    Column("cooling_off", Integer, nullable=False),  # days
    Column("created_at", UtcDateTime, nullable=False),
    Column("granted_at", UtcDateTime),
    Column("answered_at", UtcDateTime),
    Column("take_back_until", UtcDateTime),
    Column("closed_at", UtcDateTime),
)

decisions = Table(
    "decisions",
    metadata,
    _id(),
    Column("case_id", BigInteger, ForeignKey("cases.id"), nullable=False, index=True),
    Column("treatment", String(24), nullable=False),
    Column("recommended", String(24), nullable=False),  # what the person saw when they decided
    Column("grades", Json, nullable=False),  # by view, as ids
    Column("versions", Json, nullable=False),  # of the scorecards and the table
    Column("reason_enc", Sealed),  # why it was overruled
    Column("decided_by", String(48), nullable=False),  # person:<id>, cli
    Column("decided_at", UtcDateTime, nullable=False),
)

payments = Table(
    "payments",
    metadata,
    _id(),
    Column("case_id", BigInteger, ForeignKey("cases.id"), nullable=False, index=True),
    Column("paid_at", UtcDateTime, nullable=False),
    Column("amount", BigInteger, nullable=False),
    Column("reference", String(80), unique=True),
    Column("recorded_at", UtcDateTime, nullable=False),
    Column("batch_id", BigInteger, ForeignKey("batches.id"), index=True),  # of the file that it came in
)

batches = Table(
    "batches",
    metadata,
    _id(),
    Column("kind", String(12)),  # cases, payments; empty until the file was read
    Column("state", String(12), nullable=False),  # see bot/store/batches.py
    Column("person_id", BigInteger, ForeignKey("people.id")),  # empty: from the command line
    Column("counts", Json, nullable=False),  # how many rows came to what
    Column("created_at", UtcDateTime, nullable=False),
    Column("taken_at", UtcDateTime),
    Column("undone_at", UtcDateTime),
    Column("held_until", UtcDateTime),  # a worker is at it
    Index("ix_batches_state", "state"),
)

files = Table(
    "files",
    metadata,
    Column("batch_id", BigInteger, ForeignKey("batches.id"), primary_key=True, autoincrement=False),
    Column("file_ref", String(200), nullable=False),  # Telegram's
    Column("name_enc", Sealed, nullable=False),
    Column("body_enc", Sealed),  # once it was fetched; the row goes when the file was taken or declined
)

# What a case was before a batch changed it, under the names of the columns of `cases`.
batch_cases = Table(
    "batch_cases",
    metadata,
    Column("batch_id", BigInteger, ForeignKey("batches.id"), primary_key=True, autoincrement=False),
    Column("case_id", BigInteger, ForeignKey("cases.id"), primary_key=True, autoincrement=False, index=True),
    Column("added", Boolean, nullable=False),  # there was no such case
    Column("promise_id", BigInteger),  # the promise that was closed as kept
    Column("jurisdiction", String(12)),
    Column("timezone", String(64)),
    Column("locale", String(10)),
    Column("currency", String(3)),
    Column("outstanding", BigInteger),
    Column("overdue_since", Date),
    Column("personal_enc", Sealed),
    Column("id_hash", Sealed),
    Column("phone_hash", Sealed),
    Column("loan", Json),
    Column("stage", String(20)),
)

alerts = Table(
    "alerts",
    metadata,
    _id(),
    Column("kind", String(32), nullable=False),
    Column("case_id", BigInteger, index=True),
    Column("visit_id", BigInteger),
    Column("person_id", BigInteger),  # whom of the team it is about
    Column("subject_id", BigInteger),  # the message that it is about
    Column("about", String(80)),  # what no other open one may be about
    Column("receipt_id", BigInteger),  # why something was refused or waits
    Column("opened_at", UtcDateTime, nullable=False),
    Column("taken_by", BigInteger),
    Column("taken_at", UtcDateTime),
    Column("acknowledged_at", UtcDateTime),  # when somebody first took it, whoever has it now
    Column("closed_at", UtcDateTime),
    Column("closed_by", BigInteger),  # nobody: it settled itself
    Column("note_enc", Sealed),  # what was done about it, sealed under the case's key
    Column("verdict", String(12)),  # what an alarm was: real, false_alarm, drill
)
_OPEN = text("closed_at is null")
Index("uq_alerts_about_open", alerts.c.about, unique=True, sqlite_where=_OPEN, postgresql_where=_OPEN)
Index("ix_alerts_open", alerts.c.kind, alerts.c.opened_at, sqlite_where=_OPEN, postgresql_where=_OPEN)

alert_messages = Table(
    "alert_messages",
    metadata,
    Column("outbox_id", BigInteger, primary_key=True, autoincrement=False),
    Column("alert_id", BigInteger, nullable=False, index=True),
    Column("full", Boolean, nullable=False),  # with what is known of the case, not the bare alert
)

reminders = Table(
    "reminders",
    metadata,
    _id(),
    Column("chosen", String(64), nullable=False),  # a filter, or the reference of one case
    Column("case_ids", Json, nullable=False),  # whom the preview was shown for, or is made for
    Column("state", String(10), nullable=False, server_default=text("'shown'")),  # looking, shown, failed
    Column("message_id", BigInteger),  # what shows how far the preview is
    Column("person_id", BigInteger),
    Column("created_at", UtcDateTime, nullable=False),
    Column("sent_at", UtcDateTime),  # decided, to send or not
    Column("done", Integer, nullable=False, server_default=text("0")),
)

# Insert-only, as are the anchors and heads: triggers of the database refuse any change (see migration 0032, which a
# later one that makes a table anew must repeat).
audit = Table(
    "audit",
    metadata,
    Column("seq", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True),
    Column("at", UtcDateTime, nullable=False),
    Column("actor", String(48), nullable=False),  # customer, person:<id>, system, cli
    Column("kind", String(40), nullable=False),
    Column("case_id", BigInteger),
    Column("visit_id", BigInteger),
    Column("data", Json, nullable=False),  # codes and ids only
    Column("line", Integer, nullable=False),  # of its case, from 1
    Column("hash", Sealed, nullable=False),  # of its content and its predecessor's hash
    Index("uq_audit_case_id_line", "case_id", "line", unique=True),
)

audit_chains = Table(
    "audit_chains",
    metadata,
    Column("chain_id", BigInteger, primary_key=True, autoincrement=False),  # the case; 0: lines of no case
    Column("lines", Integer, nullable=False),
    Column("hash", Sealed, nullable=False),  # of the last line
    Column("anchored", Integer, nullable=False, server_default=text("0")),  # lines that a head holds
)

audit_anchors = Table(
    "audit_anchors",
    metadata,
    Column("day", Date, primary_key=True),
    Column("chain_id", BigInteger, primary_key=True, autoincrement=False, index=True),
    Column("lines", Integer, nullable=False),
    Column("hash", Sealed, nullable=False),
)

audit_heads = Table(
    "audit_heads",
    metadata,
    Column("day", Date, primary_key=True),  # of the installation's zone
    Column("leaves", Integer, nullable=False),  # chains that grew
    Column("root", Sealed, nullable=False),
    Column("previous", Sealed, nullable=False),
    Column("hash", Sealed, nullable=False),
    Column("seal", Sealed, nullable=False),  # under the master key: who has the database alone makes no head
    Column("made_at", UtcDateTime, nullable=False),
)

# Cases that are gone, with the key to what was sealed of them; that there was one stays on record.
erased_cases = Table(
    "erased_cases",
    metadata,
    Column(
        "case_id", BigInteger, primary_key=True, autoincrement=False
    ),  # no key to another table: the case is gone
    Column("case_ref", String(64), nullable=False, unique=True),
    Column("jurisdiction", String(12), nullable=False),
    Column("reason", String(16), nullable=False),  # asked, over, mistake
    Column("erased_by", String(48), nullable=False),
    Column("erased_at", UtcDateTime, nullable=False),
)

leases = Table(
    "leases",
    metadata,
    Column("name", String(40), primary_key=True),
    Column("holder", String(64), nullable=False),
    Column("until", UtcDateTime, nullable=False),
)
