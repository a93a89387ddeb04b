"""The report's pictures, held against small references that were looked at by eye in each language.

`DOORSTEP_REWRITE_TRANSCRIPTS=1` writes them anew: look at them before they are committed.
"""

import os
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from openpyxl import load_workbook
from PIL import Image, ImageChops, ImageStat

from bot.casework.alarms import alarm_figures
from bot.casework.evaluation import CaseFacts, Payment, VisitFacts, evaluate
from bot.documents.evaluation_pictures import CostPicture, cost_picture
from bot.documents.fonts import FontCut
from bot.documents.share_row import ShareRow
from bot.i18n import catalogues
from bot.library import Library
from bot.service.desk.evaluation import texts
from bot.service.desk.evaluation.appraisal import Appraisal, Refusal
from bot.service.desk.evaluation.book import book
from bot.service.desk.evaluation.pictures import pictures
from bot.service.desk.evaluation.rows import lines, report_row
from bot.service.desk.evaluation.words import ReportWords
from bot.service.installation import Installation
from bot.settings import LOCALES
from flows.script import Text
from tests.property.evaluation.quarter import COST, FIRST_DAY, quarter

REFERENCES = Path(__file__).parent / "references"
REWRITE = "DOORSTEP_REWRITE_TRANSCRIPTS" in os.environ
NAMES = ("funnel", "effect", "cost")
WIDTH = 240  # pixels of a reference
NEAR = 1.5  # of 255, the mean difference that another version of a library may make
SEEN = (*(("many", locale) for locale in LOCALES), ("few", "zh_Hans"))
TODAY = FIRST_DAY + timedelta(days=200)
INST = cast("Installation", SimpleNamespace(catalogues=catalogues.load(), library=Library("policy-default")))


ROW = ShareRow("r", 0.5, 0.3, 0.7, "15 / 30")


def appraisal(customers: int, costs: Mapping[str, int], number: int = 3) -> Appraisal:
    """Return what is to be said of a simulated quarter."""
    named = (
        replace(case, linked=True, identified=case.linked, slices={**case.slices, "team": "C-1 + S-1"})
        for case in quarter(number, customers, TODAY)
    )
    found = evaluate(named, costs, TODAY)
    refusals = [Refusal("UK@1/uk-time", "Contact only at reasonable hours", 3, 4)]
    last = FIRST_DAY + timedelta(days=89)
    return Appraisal(FIRST_DAY, last, TODAY, found, alarm_figures([]), refusals, held_out=True)


def of(locale: str) -> ReportWords:
    return ReportWords(INST, locale)


@pytest.fixture(scope="module")
def quarters() -> Mapping[str, Appraisal]:
    """A quarter of which much can be said, and a handful of which little can."""
    return {"many": appraisal(2000, {"GBP": COST}), "few": appraisal(25, {})}


@pytest.fixture(scope="module")
def drawn(quarters: Mapping[str, Appraisal]) -> Mapping[tuple[str, str, str], Image.Image]:
    """The pictures, small and grey."""
    return {
        (which, locale, name): small(picture)
        for which, locale in SEEN
        for name, picture in pictures(quarters[which], of(locale)).items()
    }


def small(picture: bytes) -> Image.Image:
    with Image.open(BytesIO(picture)) as image:
        height = round(image.height * WIDTH / image.width)
        return image.convert("L").resize((WIDTH, height), Image.Resampling.BOX)


def distance(one: Image.Image, other: Image.Image) -> float:
    """Return how far two pictures are apart, from 0 to 255."""
    if one.size != other.size:
        return 255.0
    return float(ImageStat.Stat(ImageChops.difference(one, other)).mean[0])


@pytest.mark.parametrize(("which", "locale"), SEEN)
@pytest.mark.parametrize("name", NAMES)
def test_the_pictures_are_those_that_were_looked_at(
    drawn: Mapping[tuple[str, str, str], Image.Image], which: str, locale: str, name: str
) -> None:
    """Each picture in each language is near the reference that a person has seen."""
    reference = REFERENCES / f"{which}.{name}.{locale}.png"
    if REWRITE:
        drawn[which, locale, name].save(reference, optimize=True)
    with Image.open(reference) as seen:
        assert distance(drawn[which, locale, name], seen) < NEAR


def test_another_picture_is_not_near(drawn: Mapping[tuple[str, str, str], Image.Image]) -> None:
    """Another language, or other figures, are further away than the tolerance: the comparison can fail."""
    for name in NAMES:
        assert distance(drawn["many", "en", name], drawn["many", "zh_Hans", name]) > NEAR
    other = pictures(appraisal(500, {"GBP": COST * 3}, number=5), of("en"))
    assert distance(drawn["many", "en", "effect"], small(other["effect"])) > NEAR
    assert distance(drawn["many", "en", "funnel"], small(other["funnel"])) > NEAR / 3


def test_few_can_be_told_in_grey() -> None:
    """The same share looks different where it is of few: its point is hollow, its interval dotted."""
    words = cost_picture("en", CostPicture("h", [], "n", "s", [ROW], "a"))
    few = cost_picture("en", CostPicture("h", [], "n", "s", [replace(ROW, few=True)], "a"))
    whole, hollow = (Image.open(BytesIO(one)).convert("L") for one in (words, few))
    changed = ImageChops.difference(whole, hollow).getbbox()
    assert changed is not None
    across = hollow.crop((changed[0], changed[1], changed[2], changed[3]))
    point = across.getpixel((across.width // 2, across.height // 2))
    assert point == 255  # the middle of the point is paper


@pytest.mark.parametrize("locale", LOCALES)
def test_the_font_has_every_letter(locale: str) -> None:
    """Whatever a report says in a language is in that language's font."""
    tables: list[Mapping[Any, Text]] = [
        one
        for one in vars(texts).values()
        if isinstance(one, dict) and all(isinstance(t, Text) for t in one.values())
    ]
    said = [*(text for table in tables for text in table.values())]
    said += [one for one in vars(texts).values() if isinstance(one, Text)]
    words = of(locale)
    letters = "".join(INST.catalogues.text(locale, text.context, text.msgid) for text in said)
    letters += "".join(
        words.say(grade.label) for card in INST.library.risk.cards.values() for grade in card.grades
    )
    assert len(said) > 80
    assert FontCut(locale, letters.replace("\n", "")).missing == frozenset()


def test_the_sentence_that_it_does_not_pay(quarters: Mapping[str, Appraisal]) -> None:
    """A kind of visit that does not pay is named in plain words, and few are said to be few."""
    said = "\n".join(lines(quarters["many"], of("en")))
    assert "Visits: likely to pay\n– Whether visits change anything cannot be seen" in said
    assert "This kind of visit does not pay: a case costs £" in said
    few = "\n".join(lines(quarters["few"], of("en")))
    assert "Too few to say: a comparison needs 30 in each group." in few
    assert "does not pay" not in few
    assert "of 25, few)" in few


def test_without_hold_out_nothing_is_claimed() -> None:
    """Where nobody was held out the report says that it cannot know, and how it could."""
    visit = VisitFacts(FIRST_DAY, went=True)
    case = CaseFacts(FIRST_DAY, "GBP", visits=[visit], payments=[Payment(FIRST_DAY, 500)])
    found = replace(appraisal(1, {}), evaluation=evaluate([case] * 40, {"GBP": 100}, TODAY), held_out=False)
    said = "\n".join(lines(found, of("en")))
    assert "nobody can say what would have come without visits" in said
    assert "set DOORSTEP_HOLD_OUT_VISITS" in said
    assert "Paid since the first visit: £200.00; cost of visits: £40.00 (40 visits)" in said
    assert " pays" not in said


def test_the_workbook_has_numbers_and_no_formulas(quarters: Mapping[str, Appraisal]) -> None:
    """Figures are numbers that can be worked with, each team has its rows, and no cell can run anything."""
    found = replace(quarters["many"], refusals=[Refusal("UK@1/uk-time", "=1+1", 3, 4)])
    content = book(found, of("zh_Hant"), lambda _, title: title)
    pages = load_workbook(BytesIO(content))
    assert pages.sheetnames == ["漏斗", "比率", "分組", "對照", "金額", "規則拒絕"]
    cells = [cell for page in pages for row in page.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f"]
    header, first, *_ = pages["漏斗"].iter_rows(values_only=True)
    assert header == ("步驟", "計數", "總數", "占比", "下限", "上限", "太少")
    assert first[:4] == ("案件", 2000, 2000, 1)
    assert {row[1] for row in pages["分組"].iter_rows(min_row=2, values_only=True)} >= {
        "C-1 + S-1",
        "較有把握還款",
    }
    money = next(pages["金額"].iter_rows(min_row=2, values_only=True))
    assert money[0] == "GBP"
    assert isinstance(money[3], float)


def test_the_row_for_scripts_is_plain_data(quarters: Mapping[str, Appraisal]) -> None:
    """Every share comes with what it is of and its interval; every comparison with what it says."""
    row = report_row(quarters["many"], of("en"))
    assert row["funnel"]["case"] == {
        "hits": 2000,
        "of": 2000,
        "share": 1.0,
        "few": False,
        "low": 0.9981,
        "high": 1.0,
    }
    (worst,) = [one for one in row["effects"] if one["trial"] == "visit" and one["kind"] == "likely"]
    assert worst["gains"][0]["worth"] == "does_not_pay"
    assert float(worst["gains"][0]["high"]) < 0
    assert {one["column"] for one in row["slices"]} == {"grade", "team"}
