"""Formats and encodings told by content."""

import pytest

from govtables.readers.detect import MOST_BYTES, decode, digest, open_document
from govtables.readers.document import Unreadable

TEXT = "政府信息公开工作年度报告"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32", "utf-32-be", "gb18030", "big5hkscs"])
def test_encodings(encoding: str):
    text = "政府年度工作情況" if encoding == "big5hkscs" else TEXT
    assert decode(text.encode(encoding)) == (text, ())


def test_a_declared_encoding_is_read_as_its_superset():
    page = f'<meta charset="gb2312">{TEXT}镕'
    assert decode(page.encode("gb18030")) == (page, ())


def test_a_few_broken_bytes_are_noted():
    text, notes = decode((TEXT * 20).encode("gb18030") + b"\xff")
    assert text == TEXT * 20 + "\ufffd"
    assert notes == ("1 broken characters",)


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b" \n", "empty"),
        (b"Rar!x", "RAR"),
        (bytes(range(128, 256)) * 9, "encoding"),
        (b"x" * (MOST_BYTES + 1), "larger than"),
    ],
)
def test_what_is_no_document_is_told(data: bytes, why: str):
    with pytest.raises(Unreadable, match=why):
        open_document(data, "x.txt")


@pytest.mark.parametrize(("data", "kind"), [(b"<html><p>1", "text/html"), (b"1 < 2 <x>", "text/plain")])
def test_the_format_is_told_by_content_not_by_name(data: bytes, kind: str):
    document = open_document(data, "report.pdf")
    assert (document.media_type, document.sha256) == (kind, digest(data))


def test_a_path_and_its_bytes_are_one_document(tmp_path):
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    assert open_document(tmp_path / "a.txt", "a") == open_document(TEXT.encode(), "a")


@pytest.mark.parametrize(("data", "said"), [
    (b"\0\0\0\x18ftypheic" + bytes(40), "HEIC"), (b"CAJ\0" + bytes(40), "CAJ"), (b"CEBX" + bytes(40), "CEB"),
    (b"SURSEN", "Sursen"), (b"AT&TFORM", "DjVu"), (b"%!PS-Adobe", "PostScript"), (b"ITSF\3", "CHM"), (b"\x1b$)A", "ISO-2022"),
])
def test_formats_that_are_not_read_are_named_with_the_remedy(data, said):
    with pytest.raises(Unreadable, match=f"{said}.*save it"):
        open_document(data, "report")


@pytest.mark.parametrize("data", [b"\xfd7zXZ\0", b"BZh91AY", b"MSCF\0", b"7z\xbc\xaf\x27\x1c", b"a.html" + bytes(251) + b"ustar\0" + b"00"])
def test_archives_are_to_be_unpacked(data):
    with pytest.raises(Unreadable, match="an? .* archive; unpack it"):
        open_document(data, "report")


MISTAKES = {"utf-8": "latin-1", "gb18030": "latin-1", "hz": "ascii", "utf-7": "ascii"}


@pytest.mark.parametrize("right", MISTAKES)
def test_a_text_that_was_taken_for_another_encoding_is_put_right_and_noted(right):
    saved = TEXT.encode(right).decode(MISTAKES[right]).encode()
    assert decode(saved) == (TEXT, (f"read as {right}, for which it was not saved",))


@pytest.mark.parametrize("wrong", ["gb18030", "cp1252"])
def test_a_text_that_lost_letters_on_the_way_is_refused(wrong):
    saved = (TEXT * 9).encode().decode(wrong, "replace").replace("鏀", "?", 1).encode()
    with pytest.raises(Unreadable, match="utf-8 text that was taken for .* and lost letters; fetch"):
        decode(saved)


def test_question_marks_for_letters_are_told():
    with pytest.raises(Unreadable, match="question marks"):
        decode((TEXT * 9).encode("ascii", "replace"))


@pytest.mark.parametrize("text", ["a plain report, 1 + 2 = 3?", "c+b-d ~{ x", "Ünïcödé", "〓" * 30])
def test_other_texts_stay_as_they_are(text):
    assert decode(text.encode()) == (text, ())


def test_letters_after_a_long_script_tell_the_encoding():
    text = "© " + "a+ZT9lnA-b; " * 2000 + TEXT * 9
    assert decode(text.encode()) == (text, ())
