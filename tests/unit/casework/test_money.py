from decimal import Decimal

import pytest

from bot.casework.money import AmountFault, AmountRefused, parse_amount, to_major, to_minor


@pytest.mark.parametrize(
    ("text", "digits", "minor"),
    [
        ("1234.56", 2, 123456), ("1,234.56", 2, 123456), ("1.234,56", 2, 123456), ("1 234,56", 2, 123456),
        ("1\u202f234,56", 2, 123456), ("1\u00a0234.56", 2, 123456), ("1'234.56", 2, 123456),
        ("1’234", 2, 123400),
        ("１，２３４．５６", 2, 123456), ("12,34,567.89", 2, 123456789), ("1.234.567", 2, 123456700),
        ("1,234,567", 0, 1234567), ("1,234", 2, 123400), ("1,23", 2, 123), ("1234.500", 2, 123450),
        ("0.500", 2, 50),
        ("1.234", 3, 1234), ("0", 2, 0), (" 7 ", 2, 700), ("007", 2, 700), ("1.0", 0, 1),
    ],
)  # fmt: skip
def test_forms(text: str, digits: int, minor: int) -> None:
    """Amounts with the separators of any country come out as exact minor units."""
    assert parse_amount(text, digits) == minor


@pytest.mark.parametrize(
    ("text", "digits", "fault"),
    [
        ("1.234", 2, AmountFault.AMBIGUOUS), ("1,234", 3, AmountFault.AMBIGUOUS),
        ("12.500", 0, AmountFault.AMBIGUOUS),
        ("1.2345", 2, AmountFault.TOO_FINE), ("1.5", 0, AmountFault.TOO_FINE),
        ("-1", 2, AmountFault.NEGATIVE), ("−1", 2, AmountFault.NEGATIVE),
        ("", 2, AmountFault.FORM), ("abc", 2, AmountFault.FORM), ("1 23", 2, AmountFault.FORM),
        ("1,23,4", 2, AmountFault.FORM), ("1.234.56", 2, AmountFault.FORM),
        ("1,234.567,8", 2, AmountFault.FORM),
        ("$5", 2, AmountFault.FORM), ("1e5", 2, AmountFault.FORM), ("NaN", 2, AmountFault.FORM),
        ("9" * 16, 2, AmountFault.FORM), ("1." + "0" * 40 + "1", 2, AmountFault.FORM),
    ],
)  # fmt: skip
def test_refused(text: str, digits: int, fault: AmountFault) -> None:
    """What is no amount, or may be two, is refused with the reason."""
    with pytest.raises(AmountRefused) as found:
        parse_amount(text, digits)
    assert found.value.fault is fault


@pytest.mark.parametrize(
    ("amount", "digits"), [("0.001", 2), ("0.5", 0), ("1." + "0" * 60 + "1", 2), ("1E-9999", 2)]
)
def test_to_minor_refuses(amount: str, digits: int) -> None:
    """An amount that is not a whole number of minor units raises instead of being rounded."""
    with pytest.raises(AmountRefused, match="too_fine"):
        to_minor(Decimal(amount), digits)


@pytest.mark.parametrize("amount", ["NaN", "sNaN", "Infinity", "1E+15", "1E+999999"])
def test_to_minor_has_an_end(amount: str) -> None:
    """What is no number, or more than any column holds, raises at once."""
    with pytest.raises(AmountRefused, match="form"):
        to_minor(Decimal(amount), 2)


def test_to_major() -> None:
    """Minor units come back with exactly the currency's digits."""
    assert [str(to_major(5, digits)) for digits in (0, 2, 3)] == ["5", "0.05", "0.005"]
