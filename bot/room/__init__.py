"""The rehearsal room: the whole system on this machine, and what the page with the phones asks for.

| path | does |
|---|---|
| GET /, /page/NAME | the page |
| GET /room/stream | server-sent events: `room`, `chat`, `message`, `deleted`, `typing`, `notice`, `settled` |
| GET /room/chats/{id}/files/{file} | what is in a file that was sent |
| GET /room/behind?chat=ID | behind the scenes of a chat: script, verdicts, what waits, the log |
| POST /room/clock | hours, days, to: next, or play |
| POST /room/people/{id} | language |
| POST /room/faults | offline with on, too_many, crash |
| POST /room/tour | do: play (with a language) or stop |
| POST /room/record | do: start or save |

What is refused comes back as `{"error": a sentence}`.
"""
