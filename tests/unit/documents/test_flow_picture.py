"""Scripts as SVG."""

from defusedxml.ElementTree import fromstring

from bot import library
from bot.documents.flow_picture import svg
from bot.drafting.drawn import Speaking
from bot.i18n.catalogues import load
from flows.script.drawing import draw, to_dot


def test_a_script_as_svg() -> None:
    """Graphviz draws the largest script there is, in Chinese: every step a shape, all but names in that language."""
    script = library.scripts()[1]["onsite"]

    picture = fromstring(svg(to_dot(draw(script, Speaking(load(), "zh_Hant"), script))))

    titles = {one.text for one in picture.iter("{http://www.w3.org/2000/svg}title")}
    shown = " ".join(one.text or "" for one in picture.iter("{http://www.w3.org/2000/svg}text"))
    assert set(script.steps) <= titles
    for words in ("比較", "談到欠款", "每個問題都有", "天後"):
        assert words in shown
    assert not {"compared", "opens", "after", "question"} & set(shown.split())
