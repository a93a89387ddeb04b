"""A file that somebody names, as text."""

from pathlib import Path

from bot.errors import InputRefused


def text_of(file: Path) -> str:
    """Return what is in it. Raises `InputRefused` for what cannot be read as UTF-8."""
    try:
        return file.read_text("utf-8")
    except OSError as error:
        raise InputRefused(f"{file} cannot be read ({error.strerror}).") from None
    except UnicodeDecodeError:
        raise InputRefused(f"{file} is no text: save it as UTF-8.") from None
