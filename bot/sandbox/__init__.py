"""A local stand-in for Telegram: the Bot API over real HTTP, strict, with phones that people hold.

`server.SandboxServer(world).start(port)` serves it; `python -m bot.sandbox --port 8081` is the same as a process.
`phone.Phone` is one person's phone, driven over HTTP at `/sandbox/...`: open a link, write, tap, share a location.
`faults.Fault` drops, delays or refuses calls; `limits.Limits` answers 429 as a bucket or a strict second.
"""
