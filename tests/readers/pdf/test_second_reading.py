"""The second reading: where it differs, or fails."""

from govtables.language import read_number
from govtables.readers.pdf import pages
from tests.readers.pdf.printing import FEES, grids, make, notes, table


def test_readings_that_differ_give_no_number(monkeypatch):
    again = pages.read_again

    def misread(*arguments):
        return {n: [glyph._replace(text=glyph.text.replace("4", "9")) for glyph in some] for n, some in again(*arguments).items()}

    monkeypatch.setattr(pages, "read_again", misread)
    data = make(table(FEES))
    assert grids(data) == [["信息内容 | 本年收费", "行政许可 | 12", "行政处罚 | 345?395"]]
    assert read_number("345?395").status == "unreadable"
    assert "P1:T1:R3:C2: read as '345' and as '395'" in notes(data)


def test_a_failing_second_reading_is_noted(monkeypatch):
    monkeypatch.setattr("govtables.readers.pdf.second_reading._draw", lambda *_: 1 / 0)
    assert notes(make(table(FEES))) == "numbers on pages 1 were read once: the second reading failed"


def test_marks_of_structure_are_no_text():
    def tagged(canvas):
        canvas._code.append("/Span <</MCID 3/E <FEFF0037>>> BDC\n0 0 0 rg\n/NonStruct <</MCID 4 >>BDC")
        table(FEES)(canvas)
        canvas._code.append("EMC\nEMC")

    data = make(tagged)
    assert (grids(data), notes(data)) == ([FEES], "")
