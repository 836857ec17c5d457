"""What is seen on a page and what is written in the file must agree."""

import pytest

from tests.readers.pdf.printing import centred, make, notes, table, text, told

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


@pytest.mark.parametrize("name", HIDDEN)
def test_what_is_seen_and_what_is_written_must_agree(name):
    draw, values, note = HIDDEN[name]
    data = make([table(["规章 |  | 5"], high=30, y=706), draw])
    assert told(data) == values
    assert note in notes(data)


def test_white_text_on_a_dark_ground_is_read():
    def write(canvas, words, x, y, size):
        canvas.setFillColorRGB(1, 1, 1)
        centred(canvas, words, x, y, size)

    assert told(make(table(["规章 | 12 | 5"], shade=(0.1, 0.2, 0.5), write=write))) == [12, 5]
