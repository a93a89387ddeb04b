import pytest

from bot.documents.tables import read_table
from bot.errors import InputRefused

MAINLAND = [
    "王小明", "李娜", "张伟", "刘洋", "陈静", "赵磊", "王芳", "孙俪", "罗永浩", "欧阳娜娜", "冯绍峰",
    "朱镕基",
    "北京市朝阳区示例路88号", "上海市浦东新区示例大道100号3栋501室", "个体户", "备注：请电话联系",
]  # fmt: skip
TRADITIONAL = [
    "王小明", "李娜", "張偉", "劉洋", "陳靜", "趙磊", "王芳", "孫儷", "羅永浩", "歐陽娜娜", "高圓圓",
    "梁朝偉",
    "台北市信義區示例東路五段1號", "香港九龍示例道100號A座5樓", "個體戶", "備註：請電話聯絡",
]  # fmt: skip


def table(words: str) -> str:
    return f"case_ref,name\r\nA1,{words}\r\n"


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030", "gbk"]
)
@pytest.mark.parametrize("words", MAINLAND)
def test_simplified(words: str, encoding: str) -> None:
    """One cell of simplified Chinese is enough to tell the encoding of a file."""
    assert list(read_table(table(words).encode(encoding)))[1] == ["A1", words]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "big5", "big5hkscs", "cp950"])
@pytest.mark.parametrize("words", TRADITIONAL)
def test_traditional(words: str, encoding: str) -> None:
    """One cell of traditional Chinese is enough to tell the encoding of a file."""
    assert list(read_table(table(words).encode(encoding)))[1] == ["A1", words]


@pytest.mark.parametrize("words", ["José Peña", "Zoë Müller", "François Å."])
def test_western(words: str) -> None:
    """Accented names saved by a Western spreadsheet are not taken for Chinese."""
    assert list(read_table(table(words).encode("cp1252")))[1] == ["A1", words]


def test_traditional_file_in_gbk() -> None:
    """A whole file of traditional Chinese written on a mainland system is read as it was written."""
    text = "case_ref,name\n" + "".join(f"A{n},{words}\n" for n, words in enumerate(TRADITIONAL))
    assert [row[1] for row in read_table(text.encode("gbk"))][1:] == TRADITIONAL


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_separators(mark: str) -> None:
    """Comma, semicolon, tab and bar are recognised, also beside other marks in quotes."""
    content = f'case_ref{mark}"a,b;c|d"\nA1{mark}x\n'
    assert list(read_table(content.encode())) == [["case_ref", "a,b;c|d"], ["A1", "x"]]


def test_separator_line() -> None:
    """Excel's own `sep=` line names the separator and is no row."""
    assert list(read_table(b"sep=|\ncase_ref|a,b,c\n")) == [["case_ref", "a,b,c"]]


def test_empty_rows_are_kept() -> None:
    """Empty rows are kept, so that row numbers are those of the spreadsheet."""
    assert list(read_table(b"a,b\n\n1,2\n")) == [["a", "b"], [], ["1", "2"]]


def test_line_break_in_quotes() -> None:
    """A quoted cell may hold line breaks and doubled quotes."""
    assert list(read_table(b'a,b\n"x\ny","say ""hi"""\n'))[1] == ["x\ny", 'say "hi"']


def test_open_quote() -> None:
    """A quote that is never closed is refused with its line before any row comes out."""
    with pytest.raises(InputRefused, match=r"cases\.csv: the quotes do not match near line 3"):
        read_table(b'a,b\n1,2\n3,"4\n', "cases.csv")


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "is empty"),
        (b" \n\n", "is empty"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 99, "without a password"),
        (b"%PDF-1.7 sample", "is a PDF"),
        (b"\x89PNG\r\n\x1a\n", "is a picture"),
        (b"a\x00b,c\x00\x00d" + b"\x01" * 200, "not a table"),
        (b"PK\x03\x04 and no more", "is damaged"),
    ],
)
def test_other_files(content: bytes, reason: str) -> None:
    """What is no table is refused with what it is and what to send instead."""
    with pytest.raises(InputRefused, match=reason):
        read_table(content, "x.csv")


@pytest.mark.parametrize("line", [b"x" * 10_000_000, b"a," * 5_000_000, b'"' + b"x" * 10_000_000])
def test_ten_megabytes_of_one_line(line: bytes) -> None:
    """A line that can be no row of a table is refused with its number, and never held as a whole."""
    with pytest.raises(InputRefused, match=r"line 2 is longer than 262144 characters"):
        read_table(b"case_ref,name\n" + line, "x.csv")


def test_late_letters() -> None:
    """The encoding is told by the lines that are not ASCII, however late in the file they come."""
    text = "case_ref,name\n" + "A1,nobody\n" * 20_000 + "A2,王小明\n"
    assert list(read_table(text.encode("gbk")))[-1] == ["A2", "王小明"]


def test_wrong_encoding() -> None:
    """Bytes that no likely encoding can have written are refused, with what to save the table as."""
    with pytest.raises(InputRefused, match="CSV UTF-8"):
        read_table(b"case_ref,name\nA1," + bytes(range(0x80, 0x100)) * 20, "x.csv")
