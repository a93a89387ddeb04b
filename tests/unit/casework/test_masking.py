import pytest

from bot.casework.masking import mask_address, mask_name, mask_phone


@pytest.mark.parametrize(
    ("name", "masked"),
    [
        ("Wong Lei", "W*** L**"), ("Wing Sample", "W*** S***"), ("J", "J*"), ("J Smith", "J* S***"),
        ("O'Neil Anne-Marie", "O*** A***"), ("e\u0301lan", "é***"), ("Ñuño", "Ñ***"),
        ("王芳", "王*"), ("王小明", "王**"), ("王", "王*"), ("王 小明", "王* **"), ("𠮷野", "𠮷*"),
        ("김민수", "김**"),
        ("\u0645\u062d\u0645\u062f \u0639\u0644\u064a", "\u0645*** \u0639**"), ("किरण", "कि**"),
        ("😀 Kim", "* K**"), ("😀", "*"), ("👩\u200d👩\u200d👧", "*"), ("", "***"), ("  ", "***"), ("42",
        "*"),
    ],
)  # fmt: skip
def test_names(name: str, masked: str) -> None:
    """A masked name keeps the first letter of each word, or of a Chinese name the first character."""
    assert mask_name(name) == masked


@pytest.mark.parametrize(
    ("phone", "masked"),
    [
        ("+85291234567", "*****567"), ("+1 (617) 555-0123", "*****123"), ("１２３４５６７", "*****567"),
        ("12345", "*****"), ("", "*****"), ("none", "*****"),
    ],
)  # fmt: skip
def test_phones(phone: str, masked: str) -> None:
    """A masked telephone number keeps three digits, and none where few would be hidden."""
    assert mask_phone(phone) == masked


@pytest.mark.parametrize(
    ("address", "masked"),
    [
        ("Flat 12B, 34 Elm Grove, Exampleton EX1 4AB", "Elm Grove …"),
        ("12 Rue de l'Exemple 75000 Exempleville", "Rue de l'Exemple …"),
        ("Beispielstraße 5, 10000 Beispielstadt", "Beispielstraße …"),
        ("5th Floor, 200 W 42nd St, Sampleton", "W 42nd St …"),
        ("5/F, 18 Example Road Central", "Example Road Central …"),
        ("Blk 123 Example Avenue 3 #05-12", "Example Avenue …"),
        ("No. 7, Jalan Contoh, KL", "Jalan Contoh …"),
        ("Room A 3rd floor Example Road", "Example Road …"),
        ("北京市朝阳区示例路88号3单元501室", "北京市朝阳区示例路…"),
        ("香港九龍示例道123號A座5樓", "香港九龍示例道…"),
        ("上海市浦东新区世纪大道100号", "上海市浦东新区世纪大道…"),
        ("示例小区三号楼", "示例小区…"),
        ("某某新城", "某某…"),
        ("東京都千代田区見本1-1", "東京都千代田…"),
        ("\u0634\u0627\u0631\u0639 \u0645\u062b\u0627\u0644 12\u060c \u0645\u062f\u064a\u0646\u0629",
        "\u0634\u0627\u0631\u0639 \u0645\u062b\u0627\u0644 …"),
        ("12", "…"), ("", "…"), ("🏠 🏠", "…"), ("４２ Elm Grove", "Elm Grove …"),
    ],
)  # fmt: skip
def test_addresses(address: str, masked: str) -> None:
    """A masked address keeps the street, without house number, flat and town."""
    assert mask_address(address) == masked
