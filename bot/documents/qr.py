"""QR codes for links: in a terminal, as pictures for print and for pages, as modules for a PDF."""

from io import BytesIO, StringIO

import segno

_QUIET_ZONE = 4  # modules of white around the code, as ISO/IEC 18004 asks


def terminal_qr(link: str) -> str:
    """Return a code of half blocks that a phone can read from a dark terminal as well as from a light one."""
    out = StringIO()
    _code(link).terminal(out, compact=True, border=_QUIET_ZONE)
    return out.getvalue()


def png_qr(link: str, scale: int = 8) -> bytes:
    """Return a code as a PNG picture, `scale` pixels a module."""
    out = BytesIO()
    _code(link).save(out, kind="png", scale=scale, border=_QUIET_ZONE)
    return out.getvalue()


def svg_qr(link: str) -> bytes:
    """Return a code as an SVG picture, to be scaled by whoever shows it."""
    out = BytesIO()
    _code(link).save(out, kind="svg", border=_QUIET_ZONE, omitsize=True)
    return out.getvalue()


def modules(link: str) -> list[list[bool]]:
    """Return the code's rows of modules, True for dark, with the quiet zone."""
    return [[value == 1 for value in row] for row in _code(link).matrix_iter(border=_QUIET_ZONE)]


def _code(link: str) -> segno.QRCode:
    return segno.make_qr(link, error="m")
