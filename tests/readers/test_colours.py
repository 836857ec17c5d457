"""Colours as they are written."""

import pytest

from govtables.readers.colours import BLACK, CLEAR, WHITE, are_near, read_colour


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
