"""Witnesses: a second reading of a PDF's numbers, and the picture of its pages."""

import pytest

from govtables.language import read_number
from govtables.readers.pdf import pages
from tests.readers.pdf.printing import FEES, centred, grids, make, notes, table, text, told

HIDDEN = {
    "without ink": (text(140, 688, "99", mode=3), ["blank", 5.0], "cannot be seen"),
    "slanted": (lambda c: (c.translate(150, 684), c.rotate(30), text(0, 0, "99")(c)), ["unreadable", 5.0], "stands aslant"),
    "off the page": (text(-400, 688, "99"), ["blank", 5.0], "cannot be seen"),
    "white": (text(140, 688, "99", colour=(1, 1, 1)), ["unreadable", 5.0], "'99' stands in the file and cannot be seen"),
    "painted over": (
        lambda c: (text(140, 688, "99")(c), c.setFillColorRGB(1, 1, 1), c.rect(135, 680, 30, 18, stroke=0, fill=1)),
        ["unreadable", 5.0],
        "'99' stands in the file and cannot be seen",
    ),
    "two numbers on one another": (lambda c: (text(150, 688, "99")(c), text(151, 688, "35")(c)), ["unreadable", 5.0], "on one another"),
    "drawn, not written": (lambda c: c.ellipse(150, 684, 158, 696), ["unreadable", 5.0], "something is drawn"),
}


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
    monkeypatch.setattr("govtables.readers.pdf.witnesses._pages", lambda *_: 1 / 0)
    assert notes(make(table(FEES))) == "numbers on pages 1 were read once: the second reading failed"


def test_marks_of_structure_are_no_text():
    def tagged(canvas):
        canvas._code.append("/Span <</MCID 3/E <FEFF0037>>> BDC\n0 0 0 rg\n/NonStruct <</MCID 4 >>BDC")
        table(FEES)(canvas)
        canvas._code.append("EMC\nEMC")

    data = make(tagged)
    assert (grids(data), notes(data)) == ([FEES], "")


@pytest.mark.parametrize("name", HIDDEN)
def test_what_is_seen_and_what_is_written_must_agree(name):
    draw, values, note = HIDDEN[name]
    data = make([table(["规章 |  | 5"], high=30, y=706), draw])
    assert told(data) == values
    assert note in notes(data)


def beside(draw):
    """Print 76 in the middle cell, and a 9 behind it that `draw` hides."""
    return make([table(["规章 | 76 | 5"], high=30, y=706), draw])


ONE_DIGIT = {
    "white": text(169.5, 688, "9", colour=(1, 1, 1)),
    "painted over": lambda c: (text(169.5, 688, "9")(c), c.setFillColorRGB(1, 1, 1), c.rect(169.5, 685, 5, 12, stroke=0, fill=1)),
    "half of it painted over": lambda c: (text(169.5, 688, "9")(c), c.setFillColorRGB(1, 1, 1), c.rect(169.5, 685, 5, 6, stroke=0, fill=1)),
    "too light": text(169.5, 688, "9", colour=(0.95, 0.95, 0.95)),
    "under a picture": lambda c: (text(169.5, 688, "9")(c), c.drawImage(patch(), 169.5, 685, 5, 12)),
    "under a drawn digit": lambda c: (text(169.5, 688, "9")(c), over(c)),
    "clipped": lambda c: (clip(c, 0, 0, 9, 9), text(169.5, 688, "9")(c), c.restoreState()),
}


def clip(canvas, *box):
    canvas.saveState()
    path = canvas.beginPath()
    path.rect(*box)
    canvas.clipPath(path, stroke=0)


def over(canvas):
    """Paint over a digit, and draw another one that is no text."""
    canvas.setFillColorRGB(1, 1, 1)
    canvas.rect(169.5, 685, 5, 12, stroke=0, fill=1)
    canvas.setFillColorRGB(0, 0, 0)
    canvas.rect(171, 686, 2, 8, stroke=0, fill=1)


def patch():
    from PIL import Image
    from reportlab.lib.utils import ImageReader

    return ImageReader(Image.effect_noise((20, 48), 200))


@pytest.mark.parametrize("name", ONE_DIGIT)
def test_one_digit_that_is_seen_does_not_vouch_for_another(name):
    data = beside(ONE_DIGIT[name])
    assert told(data) == ["unreadable", 5.0]
    assert "'9' of '769' stands in the file and cannot be seen" in notes(data)


def test_a_point_that_is_not_seen_is_missed():
    data = make([table(["规章 | 76 | 5"], high=30, y=706), text(169.5, 688, ".", colour=(1, 1, 1)), text(172, 688, "25")])
    assert told(data) == ["unreadable", 5.0]
    assert "'.' of '76.25' stands in the file and cannot be seen" in notes(data)


SEEN = {
    "plain": text(169.5, 688, "9"),
    "light": text(169.5, 688, "9", colour=(0.7, 0.7, 0.7)),
    "on a grey ground": lambda c: (c.setFillGray(0.5), c.rect(169.5, 685, 5, 12, stroke=0, fill=1), text(169.5, 688, "9")(c)),
    "under a rule": lambda c: (text(169.5, 688, "9")(c), c.line(172, 680, 172, 700)),
    "drawn apart": lambda c: (text(169.5, 688, "9")(c), apart(c)),
}


def apart(canvas):
    """Draw a group that is laid over the page as a whole, as browsers do where something shines through."""
    canvas.beginForm("group")
    canvas.rect(300, 300, 9, 9)
    canvas.endForm()
    canvas.doForm("group")


@pytest.mark.parametrize("name", SEEN)
def test_a_digit_that_is_seen_is_read(name):
    data = beside(SEEN[name]).replace(b"/FormType 1", b"/Group<</S/Transparency>>")
    assert (told(data), notes(data)) == ([769.0, 5.0], "")


def test_a_page_with_drawings_apart_is_compared_with_its_picture():
    data = beside(lambda c: (text(169.5, 688, "9", colour=(1, 1, 1))(c), apart(c)))
    grouped = data.replace(b"/FormType 1", b"/Group<</S/Transparency>>")
    assert grouped != data
    assert told(grouped) == ["unreadable", 5.0]


def test_white_text_on_a_dark_ground_is_read():
    def write(canvas, words, x, y, size):
        canvas.setFillColorRGB(1, 1, 1)
        centred(canvas, words, x, y, size)

    assert told(make(table(["规章 | 12 | 5"], shade=(0.1, 0.2, 0.5), write=write))) == [12, 5]
