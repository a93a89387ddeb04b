"""How Telegram says no."""


class Refusal(Exception):  # noqa: N818
    """An error answer of the Bot API. `code` is also the HTTP status."""

    def __init__(self, code: int, description: str, retry_after: int | None = None) -> None:
        self.code = code
        self.description = description
        self.retry_after = retry_after
        super().__init__(description)


def bad_request(what: str) -> Refusal:
    """Return a 400 as Telegram words it."""
    return Refusal(400, f"Bad Request: {what}")
