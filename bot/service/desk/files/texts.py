"""What the desk is told about the files that it sends."""

from collections.abc import Mapping

from bot.i18n.text import T
from flows.script import Text

EXPLAINED = T(
    "import/explained",
    "Send me a spreadsheet, CSV or XLSX, with a header row. I look at it first, say what it would change, and ask "
    "before I take anything in.\n\nCases need the columns {columns}; their usual names in English or Chinese will do. "
    "A file with {payments} is one of payments. Rejected rows come back with the reason beside them: correct them and "
    "send them again.",
)
LAST_FILES = T("import/last_files", "The last files:")
LAST_FILE = T(
    "import/last_file",
    "{number}. {day}, {time}, {kind}, {state}. New: {new}, changed: {changed}, unchanged: {unchanged}, "
    "rejected: {rejected}",
)
KINDS: Mapping[str, Text] = {
    "cases": T("import/kind/cases", "cases"),
    "payments": T("import/kind/payments", "payments"),
}
STATES: Mapping[str, Text] = {
    "proposed": T("import/state/proposed", "waits for your answer"),
    "wanted": T("import/state/wanted", "is being taken"),
    "taking": T("import/state/taking", "is being taken"),
    "taken": T("import/state/taken", "taken"),
    "undoing": T("import/state/undoing", "is being undone"),
    "undone": T("import/state/undone", "undone"),
}
READING = T("import/reading", "I am reading your file.")
READ_SO_FAR = T("import/read_so_far", "I am reading your file. Rows so far: {rows}")
TAKEN_SO_FAR = T("import/taken_so_far", "I am taking your file in. Rows so far: {rows}")
TOO_LARGE = T(
    "import/too_large",
    "This file is larger than {limit} MB, the most that Telegram lets me fetch. Please split it, or have it taken in "
    "on the machine where I run, with doorstep import.",
)
NOT_FETCHED = T("import/not_fetched", "Telegram did not give me this file. Please send it again.")
SUMMARY_CASES = T(
    "import/summary_cases",
    "{file}: cases. Rows: {rows}\nNew: {new}\nChanged: {changed}\nUnchanged: {unchanged}\nRejected: {rejected}",
)
SUMMARY_PAYMENTS = T(
    "import/summary_payments",
    "{file}: payments. Rows: {rows}\nNew: {new}\nRecorded already: {unchanged}\nRejected: {rejected}",
)
CHANGES = T("import/changes", "What changes: {columns}")
UNKNOWN_COLUMNS = T("import/unknown_columns", "Columns that I do not know and did not read: {columns}")
HEADER = T("import/header", "The header row cannot be used:")
NOTHING_TO_TAKE = T("import/nothing_to_take", "There is nothing in it to take.")
ASK = T("import/ask", "Nothing has been taken yet. Take it?")
TAKE = T("import/take", "Take")
DONT = T("import/dont", "Don't")
UNDO = T("import/undo", "Undo")
UNDO_NUMBER = T("import/undo_number", "Undo {number}")
REJECTED_ROWS = T("import/rejected_rows", "Rejected rows: {count}")
CHANGED_CELLS = T("import/changed_cells", "What changes, cell by cell: {count}")
FIRST_OF = T("import/first_of", "The first {shown} of {count} are in this file.")
TAKING = T("import/taking", "I am taking it in.")
TAKEN = T(
    "import/taken",
    "Taken in. New: {new}, changed: {changed}. It can be undone as long as nothing has been sent from it.",
)
NOT_TAKEN = T("import/not_taken", "Not taken; I have forgotten the file.")
UNDOING = T("import/undoing", "I am undoing it.")
UNDONE = T("import/undone", "Undone. Cases that are as they were before: {count}")
REOPENED = T(
    "import/reopened", "Promises that are open again, without a reminder: {count}. You find them in /queue."
)
NOT_UNDONE = T("import/not_undone", "This file cannot be undone, so nothing was changed:")
OBSTACLES: Mapping[str, Text] = {
    "sent": T("import/obstacle/sent", "customers have been written to since: {count}"),
    "links": T("import/obstacle/links", "links have been made for its cases since: {count}"),
    "later": T("import/obstacle/later", "a later file has changed its cases, undo that one first: {count}"),
    "paid": T("import/obstacle/paid", "payments have come in for its cases since: {count}"),
    "touched": T("import/obstacle/touched", "something has happened in its cases since: {count}"),
}
