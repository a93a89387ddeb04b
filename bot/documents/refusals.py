"""Why a file is no table that can be read, and what to send instead; `{file}` is its name."""

from flows.script import Text

_FILE = ("file",)
EMPTY = Text("file/empty", "{file} is empty: send a table with a header row.", _FILE)
TOO_LARGE = Text(
    "file/too_large", "{file} is larger than {limit} MB: split it into several files.", ("file", "limit")
)
UNREADABLE = Text("file/unreadable", "{file} cannot be read ({why}): check the path.", ("file", "why"))
OLD_OFFICE = Text(
    "file/old_office",
    "{file} is an old or password-protected Office file: save it as .xlsx without a password.",
    _FILE,
)
PDF = Text("file/pdf", "{file} is a PDF: send the table that it was made from, as .xlsx or CSV.", _FILE)
PICTURE = Text("file/picture", "{file} is a picture: send the table as .xlsx or CSV.", _FILE)
PACKED = Text("file/packed", "{file} is a packed file: unpack it first.", _FILE)
DOCUMENT = Text("file/document", "{file} is a text document: save the table as .xlsx or CSV.", _FILE)
NO_TABLE = Text("file/no_table", "{file} is not a table: send it as .xlsx or CSV.", _FILE)
ENCODING = Text(
    "file/encoding", "The encoding of {file} cannot be told: save it as “CSV UTF-8” or as .xlsx.", _FILE
)
QUOTES = Text(
    "file/quotes",
    "{file}: the quotes do not match near line {line}. Close each quoted cell and double the quotes inside of it, "
    "or save the table as .xlsx.",
    ("file", "line"),
)
LONG_LINE = Text(
    "file/long_line",
    "{file}: line {line} is longer than {limit} characters, so it is no row of a table. Save the table as .xlsx "
    "or CSV again.",
    ("file", "line", "limit"),
)
WIDE = Text(
    "file/wide",
    "{file} has more than {limit} columns: delete the empty ones on the right.",
    ("file", "limit"),
)
LONG = Text("file/long", "{file} has more than {limit} rows: split it into several files.", ("file", "limit"))
DAMAGED = Text("file/damaged", "{file} is damaged: open it and save it again as .xlsx.", _FILE)
NO_WORKBOOK = Text(
    "file/no_workbook", "{file} is not an Excel workbook: save the table as .xlsx or CSV.", _FILE
)
BOMB = Text(
    "file/bomb", "{file} unpacks to more than {limit} MB: split it into several files.", ("file", "limit")
)
MERGED_HEADER = Text(
    "file/merged_header",
    "{file}: the header row has merged cells ({cells}). Unmerge them; each column needs its own name.",
    ("file", "cells"),
)
