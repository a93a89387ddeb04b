"""Words in pictures: shown as the font can, and no longer than there is room."""

import pytest

from bot.documents.plotting import Face

TEXTS = ("Elm Grove …", "台北市大安區和平東路…", "D-1001 🙂")


@pytest.fixture(params=["en", "zh_Hans", "zh_Hant"])
def face(request: pytest.FixtureRequest) -> Face:
    """Give the font of each language."""
    return Face(request.param, TEXTS)


def test_what_fits_stays(face: Face) -> None:
    """With room enough nothing is cut, and what the font lacks is a question mark."""
    assert face.fitted("D-1001 🙂", 8, 200) == "D-1001 ?"


@pytest.mark.parametrize(("text", "kept"), [("Elm Grove", "Elm"), ("台北市大安區和平東路", "東路")])
def test_what_does_not_fit_is_cut(face: Face, text: str, kept: str) -> None:
    """An address keeps what tells most: a Chinese one its end, another its beginning."""
    shown = face.fitted(text, 8, 30)
    assert kept in shown
    assert len(shown) < len(text)
    assert face.fitted(text, 8, 0) != ""
