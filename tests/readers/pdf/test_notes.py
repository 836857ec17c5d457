"""Form fields, stamps and notes are printed where a viewer shows them."""

import pytest

from tests.readers.pdf.printing import make, notes, table, told

ROWS = ["规章 |  | 5", "文件 | 4 | 6"]
LOOK = "/Rect[140 680 190 700]/F 4/DA(0 g /Helv 9 Tf)"
FIELDS = {
    "a field": ("/Subtype/Widget/FT/Tx/T(a)/V(767)" + LOOK, 767.0),
    "a field in a field": ("/Subtype/Widget/Parent<</FT/Tx/T(a)/V(767)>>" + LOOK, 767.0),
    "a choice": ("/Subtype/Widget/FT/Ch/Ff 131072/T(a)/V(767)/Opt[(1)(767)]" + LOOK, 767.0),
    "without a value": ("/Subtype/Widget/FT/Tx/T(a)" + LOOK, "blank"),
    "hidden": ("/Subtype/Widget/FT/Tx/T(a)/V(767)" + LOOK.replace("F 4", "F 2"), "blank"),
    "whose look is lost": ("/Subtype/Widget/FT/Tx/T(a)/V(767)/AP<</N 99 0 R>>" + LOOK, "unreadable"),
    "a note without a look": ("/Subtype/FreeText/Contents(767)" + LOOK, "unreadable"),
    "a link": ("/Subtype/Link/Contents(767)" + LOOK, "blank"),
}


def with_note(entries: str, data: bytes | None = None) -> bytes:
    """Put a note over the first page of a file, and a form that it may be a part of into its catalog."""
    font = "<</Helv<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>"
    data = data or make(table(ROWS, high=30, y=706))
    data = data.replace(b"/Type /Page\n", f"/Annots[<</Type/Annot{entries}>>]/Type /Page\n".encode(), 1)
    return data.replace(b"/Type /Catalog", f"/AcroForm<</Fields[]/DR<</Font{font}>>>>/Type /Catalog".encode(), 1)


@pytest.mark.parametrize("name", FIELDS)
def test_what_a_viewer_shows_over_a_page_is_printed(name):
    entries, value = FIELDS[name]
    assert told(with_note(entries)) == [value, 5.0, 4.0, 6.0]


def test_why_a_field_cannot_be_read():
    why = "P1:T1:R1:C2: a form field or a note stands here, whose text cannot be read"
    assert why in notes(with_note(FIELDS["whose look is lost"][0]))


def test_a_page_without_notes_is_read_as_it_is_in_the_file(monkeypatch):
    monkeypatch.delattr("govtables.readers.pdf.pages._rewrite")
    assert told(with_note(FIELDS["a link"][0])) == ["blank", 5.0, 4.0, 6.0]
