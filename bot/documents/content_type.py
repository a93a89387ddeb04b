"""What a file is by its first bytes, whatever its name or its sender says."""

import filetype

HEAD = 8192  # bytes that tell


def content_type(head: bytes) -> str | None:
    """Return the MIME type of content that begins with `head`; None for what is not known."""
    found: str | None = filetype.guess_mime(head)
    return found
