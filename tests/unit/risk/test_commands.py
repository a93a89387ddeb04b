"""`risk check` and `risk backtest` as they are typed: faults with file and line, exit codes, a chart."""

from importlib.resources import files
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from typer.testing import CliRunner

from bot.cli import app
from bot.errors import InputRefused

CARD = (files("bot") / "casework" / "risk" / "scorecards" / "payment" / "v1.yaml").read_text("utf-8")
HEADER = "days_overdue,payments_missed,told_vulnerable,paid,needed_help,language"
GOOD = [
    f"{3 * n},{n % 5},{'yes' if n % 7 == 0 else 'no'},{'no' if n % 4 else 'yes'},{'yes' if n % 7 == 0 else 'no'},en"
    for n in range(60)
]


def run(*words: str) -> tuple[int, str]:
    result = CliRunner().invoke(app, ["risk", *words])
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.exit_code, result.output


def test_the_released_scorecards_hold() -> None:
    """Without a file the released ones are proven."""
    assert run("check") == (0, "Every scorecard holds.\n")


def test_a_good_file_holds(tmp_path: Path) -> None:
    """A changed scorecard that is sound is told so."""
    file = tmp_path / "card.yaml"
    file.write_text(CARD.replace("points: 8", "points: 7"), "utf-8")
    assert run("check", str(file)) == (0, f"{file} holds.\n")


def test_a_bad_file_is_told_with_its_line(tmp_path: Path) -> None:
    """Every fault stands with file and line, and the exit code is 1."""
    file = tmp_path / "card.yaml"
    file.write_text(
        CARD.replace("input: payments_missed", "input: gender").replace("above: 70", "above: 30"), "utf-8"
    )
    line = 1 + CARD.splitlines().index("    input: payments_missed")
    code, told = run("check", str(file))
    assert code == 1
    assert f"{file}:{line}:12: RS109 `gender` is protected" in told
    assert ": RS103 " in told


def test_a_table_that_would_cost_somebody_help_is_refused(tmp_path: Path) -> None:
    """The proof that vulnerability never costs help is part of the check."""
    table = (files("bot") / "casework" / "risk" / "treatments" / "treatment" / "v1.yaml").read_text("utf-8")
    file = tmp_path / "table.yaml"
    file.write_text(table.replace("then: hardship_team", "then: no_visit"), "utf-8")
    code, told = run("check", str(file))
    assert (code, "RS212" in told) == (1, True)


@pytest.mark.parametrize("content", [None, b"\xff\xfe\x00\x80", b"%PDF-1.4"])
def test_what_is_no_scorecard_is_refused(tmp_path: Path, content: bytes | None) -> None:
    """A missing file and one that is no text end with what to do, never with a crash."""
    file = tmp_path / "card.yaml"
    if content is not None:
        file.write_bytes(content)
    try:
        code, _ = run("check", str(file))
    except InputRefused:
        code = 1
    assert code == 1


@pytest.mark.parametrize("language", ["en", "zh_Hans", "zh_Hant"])
def test_a_history_gives_figures_and_a_chart(tmp_path: Path, language: str) -> None:
    """Discrimination with its interval, a rate per grade, slices, and a picture that opens, in each language."""
    file = tmp_path / "history.csv"
    file.write_text("\n".join([HEADER, *GOOD]), "utf-8")
    code, told = run("backtest", str(file), "--out", str(tmp_path / "out"), "--language", language)
    assert code == 0
    assert "60 cases; 0 rows left out." in told
    assert "AUC" in told
    assert "language: en" in told
    with Image.open(BytesIO((tmp_path / "out" / "risk.png").read_bytes())) as chart:
        assert chart.format == "PNG"
        assert min(chart.size) > 600
        assert len(chart.convert("L").getcolors() or []) > 20


def test_bad_rows_are_told_with_file_and_line(tmp_path: Path) -> None:
    """Each bad cell stands with file, row and column; the good rows count all the same."""
    file = tmp_path / "history.csv"
    file.write_text("\n".join([HEADER, *GOOD, "-3,x,maybe,no,no,en"]), "utf-8")
    code, told = run("backtest", str(file))
    assert code == 0
    assert f"{file}:62: days_overdue: write a whole number" in told
    assert f"{file}:62: told_vulnerable: write one of no, yes" in told
    assert "60 cases; 1 rows left out." in told


@pytest.mark.parametrize("text", ["", "days_overdue\n3\n", "paid\n", "paid\nperhaps\n"])
def test_a_history_without_an_outcome_is_refused(tmp_path: Path, text: str) -> None:
    """There is nothing to hold the scorecards against."""
    file = tmp_path / "history.csv"
    file.write_text(text, "utf-8")
    with pytest.raises(InputRefused):
        run("backtest", str(file))
