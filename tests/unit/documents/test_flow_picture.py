"""Scripts as SVG."""

from defusedxml.ElementTree import fromstring

from bot import library
from bot.documents.flow_picture import svg
from flows.script.drawing import draw, to_dot


def test_a_script_as_svg() -> None:
    """Graphviz draws the largest script there is: every step a shape with its words, in any language."""
    script = library.scripts()[1]["onsite"]

    picture = fromstring(svg(to_dot(draw(script, lambda text: f"{text.msgid[:3]}你好", script))))

    titles = {one.text for one in picture.iter("{http://www.w3.org/2000/svg}title")}
    shown = " ".join(one.text or "" for one in picture.iter("{http://www.w3.org/2000/svg}text"))
    assert set(script.steps) <= titles
    assert "你好" in shown
