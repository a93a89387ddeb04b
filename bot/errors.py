"""What can go wrong in the shell. Each class says what happened; each message says what to do.

DoorstepError
├── ConfigError        settings that do not fit; lists every problem at once
├── InputRefused       a file, command or argument that cannot be taken; nothing was changed
│   └── FileRefused    a file that is no table that we can read; says so in any language
├── StoreError         the database cannot be used
│   ├── StoreNewer     it was made by a newer version
│   ├── StoreBusy      another process runs on it
│   └── StoreFull      the disk is full or cannot be written
├── DisclosureRefused  a step that discloses a debt is forbidden now; nothing was sent
├── KeyUnusable        data at rest cannot be read with this DOORSTEP_KEY
└── SendError          one Bot API call did not succeed
    ├── RetryLater     Telegram asks to wait (429), or is out of order (5xx) before the request was taken
    ├── Unreachable    this chat cannot be written to (403, chat not found)
    ├── Rejected       our payload is wrong (400)
    │   └── FileTooBig a file that Telegram does not hand to a bot
    └── OutcomeUnknown the request left, no answer came: it may have arrived
"""

from flows.script import Text


class DoorstepError(Exception):
    """Something went wrong that a person can be told about."""


class ConfigError(DoorstepError):
    """The settings do not fit."""


class InputRefused(DoorstepError):  # noqa: N818
    """What was given cannot be taken; nothing was changed."""


class FileRefused(InputRefused):
    """A file cannot be read as a table: `text`, filled with `details`, says what it is and what to do."""

    def __init__(self, text: Text, **details: str) -> None:
        self.text = text
        self.details = details
        super().__init__(text.msgid.format_map(details))


class StoreError(DoorstepError):
    """The database cannot be used."""


class StoreNewer(StoreError):  # noqa: N818
    """The database was made by a newer version of Doorstep."""


class StoreBusy(StoreError):  # noqa: N818
    """Another process runs on this database."""


class StoreFull(StoreError):  # noqa: N818
    """The disk is full or the database cannot be written."""


class DisclosureRefused(DoorstepError):  # noqa: N818
    """The rules forbid to open a step that discloses a debt; nothing was sent. `receipt_id` says why."""

    def __init__(self, step: str, case_id: int, visit_id: int | None, receipt_id: int) -> None:
        self.case_id, self.visit_id, self.receipt_id = case_id, visit_id, receipt_id
        super().__init__(step)


class KeyUnusable(DoorstepError):  # noqa: N818
    """Data at rest cannot be read with this DOORSTEP_KEY."""


class SendError(DoorstepError):
    """One Bot API call did not succeed. `description` is Telegram's own, without any of our data."""

    def __init__(self, description: str) -> None:
        self.description = description
        super().__init__(description)


class RetryLater(SendError):  # noqa: N818
    """Telegram asks to wait; `after` in seconds."""

    def __init__(self, description: str, after: float) -> None:
        self.after = after
        super().__init__(description)


class Unreachable(SendError):  # noqa: N818
    """This chat cannot be written to."""


class Rejected(SendError):  # noqa: N818
    """Our payload is wrong."""


class FileTooBig(Rejected):
    """Telegram does not hand a file of this size to a bot."""


class OutcomeUnknown(SendError):  # noqa: N818
    """The request left, no answer came: it may have arrived."""
