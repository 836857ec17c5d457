"""What a document marks: what stands for no text is no number. Colours as they are written."""

import pytest

from govtables.language.numbers import read_number
from govtables.readers.office.xlsx import NO_VALUE
from govtables.readers.runs import BLACK, CLEAR, UNKNOWN, WHITE, are_near, read_colour


def test_what_stands_for_no_text_is_no_number():
    assert {
        read_number(text).status for text in (UNKNOWN, NO_VALUE, "12 1", "1. 0", "2022-01-03", "34 35")
    } == {"unreadable"}


@pytest.mark.parametrize(
    ("text", "colour"),
    [
        ("#FFF", WHITE), ("ffffff", WHITE), ("White", WHITE), (" #000000 ", BLACK), ("rgb(255, 255, 255)", WHITE),
        ("rgb(100% 100% 100%)", WHITE), ("rgba(255,255,255,.9)", WHITE), ("rgba(0,0,0,0.0)", CLEAR),
        ("#ffffff00", CLEAR), ("#fff0", CLEAR), ("transparent", CLEAR), ("rgb(0 0 0 / 5%)", CLEAR),
        ("rgba(255,255,255,.3)", None), ("var(--x)", None), ("url(a.png)", None), ("#ffff f", None), ("", None),
        ("rgb(1)", None), ("rgb(1.2.3,1,1", None), ("auto", None), ("#12345", None),
    ],
)  # fmt: skip
def test_read_colour(text: str, colour: tuple | None):
    read = read_colour(text)
    assert read == colour if colour is None else are_near(read, colour)


def test_pale_colours_are_near_white_and_light_grey_is_not():
    near = [are_near(read_colour(text), WHITE) for text in ("#fefefe", "snow", "#f0f0f0", "#eee", "#ddd", "red")]
    assert near == [True, True, True, False, False, False]
    assert not are_near(CLEAR, BLACK)
