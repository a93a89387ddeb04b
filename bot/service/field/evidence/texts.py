"""What is said about evidence: to whoever sends it, and to the desk."""

from collections.abc import Mapping

from bot.casework.evidence import Kind
from bot.casework.whereabouts import Signal
from bot.i18n.text import T
from flows.script import Text

KINDS: Mapping[str, Text] = {
    Kind.PHOTO: T("evidence/photo", "photo"),
    Kind.PHOTO_FILE: T("evidence/photo_file", "photo as a file"),
    Kind.VOICE: T("evidence/voice", "recording"),
    Kind.DOCUMENT: T("evidence/document", "document"),
    Kind.LOCATION: T("evidence/location", "location"),
    Kind.OTHER: T("evidence/other", "file"),
}
SIGNALS: Mapping[str, Text] = {
    Signal.FAR: T("signal/far", "away from the address"),
    Signal.COARSE: T("signal/coarse", "inexact"),
    Signal.UNTOLD: T("signal/untold", "accuracy not told"),
    Signal.NOT_LIVE: T("signal/not_live", "single pin, not live"),
    Signal.FORWARDED: T("signal/forwarded", "forwarded"),
    Signal.VENUE: T("signal/venue", "chosen from a list"),
    Signal.EDITED: T("signal/edited", "message changed later"),
    Signal.TOO_FAST: T("signal/too_fast", "too far from the place before for the time between"),
}
STATES: Mapping[str, Text] = {
    "received": T("evidence/state_received", "still being fetched"),
    "kept": T("evidence/state_kept", "kept"),
    "same": T("evidence/state_same", "the same as an earlier one"),
    "refused": T("evidence/state_refused", "not taken"),
    "lost": T("evidence/state_lost", "lost on the way"),
}

# to the sender
SEND_IN = T(
    "evidence/send_in",
    "While a visit is open you can send photos, papers as PDF, voice notes and your location here, at any step. Ask "
    "first before you photograph or record anybody or anything.",
)
NOTED = T(
    "evidence/noted",
    "Received: {what}. I am fetching it now. Please leave it on your phone until it says “kept” here.",
)
NOTED_ALBUM = T(
    "evidence/noted_album",
    "Received: an album. I am fetching it now. Please leave it on your phone until all of it is kept.",
)
KEPT = T("evidence/kept", "Kept: {what}, {megabytes} MB, SHA-256 {hash}…")
ALBUM = T("evidence/album", "Album: {kept} of {count} kept.")
PLACE_KEPT = T("evidence/place_kept", "Location kept.")
AS_FILE = T(
    "evidence/as_file",
    "Sent this way, a photo becomes smaller and loses when and where it was taken. Where that counts, please send it "
    "as a file: the paper clip, then File.",
)
NOT_AGREED = T(
    "evidence/not_agreed",
    "A recording of the talk was not agreed to here. If anybody's voice but your own is on it, please tell your "
    "scheduler at once.",
)
SAME = T("evidence/same", "This came before, at {time}. It is kept once.")
TOO_LARGE = T(
    "evidence/too_large",
    "Not kept: your {what} of {time} has {megabytes} MB, and Telegram hands me no more than {limit} MB. Please send "
    "less at once: single pages of a document, a shorter recording, a photo instead of a film. Leave the original on "
    "your phone and tell your scheduler.",
)
WRONG_TYPE = T(
    "evidence/wrong_type",
    "Not kept: your {what} of {time} is of a kind that I do not take. I take photos (JPEG, PNG, WebP, HEIC), documents "
    "as PDF, and sound recordings. Please photograph a paper, or save it as PDF, and send that.",
)
LOST = T(
    "evidence/lost",
    "Not kept: Telegram did not hand me your {what} of {time}, however often I asked. Please send it once more, best "
    "as a reply to your own message with it. Your scheduler has been told.",
)
NO_VISIT = T(
    "evidence/no_visit",
    "Not kept: no visit is open, so I cannot tell where it belongs. Please open the visit in /today, then send it "
    "again.",
)
NOT_YOUR_PLACE = T(
    "evidence/not_your_place",
    "Kept, but it is not where your phone is now: it was forwarded or chosen from a list. Please send your own "
    "location: the paper clip, then Location.",
)

# to the desk
SECTION = T("evidence/section", "Evidence: {counts}")
COUNT = T("evidence/count", "{count} × {what}")
BUTTON = T("evidence/button", "Evidence")
HEAD = T(
    "evidence/head",
    "{case_ref}: evidence, page {page} of {pages}, the newest first. A number fetches the original.",
)
LINE = T("evidence/line", "{number}. {day}, {time}, {who}, {stage}: {what}. {about}")
PLACE = T("evidence/place", "{distance}, ±{accuracy} m. Signals: {signals}")
PLACE_UNTOLD = T("evidence/place_untold", "{distance}. Signals: {signals}")
DISTANCE = T("evidence/distance", "{metres} m from the address")
DISTANCE_FAR = T("evidence/distance_far", "{kilometres} km from the address")
NO_ADDRESS = T("evidence/no_address", "the address is not on the map")
NO_SIGNALS = T("evidence/no_signals", "none")
COMMA = T("evidence/comma", ", ")
BETWEEN_SIGNALS = T("evidence/between_signals", "; ")
CONTENT = T("evidence/content", "{megabytes} MB, SHA-256 {hash}…")
CAPTION = T("evidence/caption", "{case_ref}: {what} of {day}, {time}, {who}. SHA-256 {hash}")
SENDING = T("evidence/sending", "The original is on its way. That you fetched it is on record.")
PIN = T("evidence/pin", "{case_ref}: {who}, {day}, {time}")
GONE = T(
    "evidence/gone",
    "The original cannot be read: it was erased, or its file is missing from the evidence folder.",
)
UNAGREED = T("evidence/unagreed", "{about}. No consent to a recording")
OFFICER = T("evidence/officer", "safety officer")
CUSTOMER = T("evidence/customer", "the customer")
RECEIPT = T("evidence/receipt", "receipt of a payment")
AFTER = T("evidence/after", "after the visit")
