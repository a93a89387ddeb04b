"""A photo of a member of staff as customers get it: small, upright, and with nothing in it but the picture."""

from io import BytesIO

from PIL import Image, ImageOps, UnidentifiedImageError

from bot.errors import InputRefused

SIDE = 800  # pixels of the longer side: enough for a phone
MAX_PIXELS = 50_000_000  # of what is given; more would not fit into memory on a small machine
_FORMATS = ("JPEG", "PNG", "WEBP")
_QUALITY = 85


def portrait(content: bytes) -> bytes:
    """Return the photo as JPEG, without place, camera or other data that files carry along.

    Raises `InputRefused` for what is no JPEG, PNG or WebP picture, or too large a one.
    """
    try:
        with Image.open(BytesIO(content), formats=_FORMATS) as opened:
            if opened.width * opened.height > MAX_PIXELS:
                raise InputRefused("The photo has more than 50 million pixels: make it smaller.")
            upright = ImageOps.exif_transpose(opened).convert("RGB")
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError):
        raise InputRefused("This is no photo that can be read: give a JPEG, PNG or WebP file.") from None
    upright.thumbnail((SIDE, SIDE))
    plain = Image.new("RGB", upright.size)
    plain.paste(upright)
    out = BytesIO()
    plain.save(out, format="JPEG", quality=_QUALITY)
    return out.getvalue()
