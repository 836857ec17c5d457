"""Colours, as pages and word processors write them.

In: the text of a colour. Out: its red, green and blue; whether two can be told apart. Next: `styles`,
`office`.
"""

import re
from functools import lru_cache

Colour = tuple[float, float, float]  # red, green, blue; each from 0 to 255
BLACK, WHITE = (0.0, 0.0, 0.0), (255.0, 255.0, 255.0)
CLEAR = (-99.0, -99.0, -99.0)  # nothing is drawn
NAMES = {  # in hexadecimal; those that grounds and what is hidden on them have
    "black": "000", "white": "fff", "transparent": "0000", "red": "f00", "blue": "00f", "yellow": "ff0",
    "snow": "fffafa", "ivory": "fffff0", "whitesmoke": "f5f5f5", "ghostwhite": "f8f8ff", "azure": "f0ffff",
    "gray": "808080", "grey": "808080", "silver": "c0c0c0", "green": "008000", "navy": "000080",
}  # fmt: skip
HEX = re.compile(r"#?([0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})")
NUMBER = re.compile(r"(\d{0,6}\.?\d{1,6})(%?)")
FAINTEST, PALEST = 0.1, 0.5  # opacity below which nothing is seen, and below which the ground decides
NEAR = 16  # of 255


@lru_cache(maxsize=1 << 12)
def read_colour(text: str) -> Colour | None:
    """Read a colour; `None` where it cannot be told, as of a variable or a picture.

    >>> read_colour("#fff"), read_colour("rgb(255 0 0 / 0)") == CLEAR, read_colour("var(--ink)")
    ((255.0, 255.0, 255.0), True, None)
    """
    text = text.strip().lower()
    if found := HEX.fullmatch(NAMES.get(text, text)):
        digits = found[1] if len(found[1]) > 4 else "".join(2 * digit for digit in found[1])
        *parts, alpha = (int((digits + "ff")[at : at + 2], 16) for at in (0, 2, 4, 6))
        alpha /= 255
    elif text.startswith("rgb") and text.endswith(")") and len(told := NUMBER.findall(text)) >= 3:
        parts = [float(one) * (2.55 if mark else 1) for one, mark in told[:3]]
        alpha = float(told[3][0]) / (100 if told[3][1] else 1) if told[3:] else 1
    else:
        return None
    red, green, blue = map(float, parts)
    return CLEAR if alpha < FAINTEST else (red, green, blue) if alpha >= PALEST else None


def are_near(one: Colour, other: Colour) -> bool:
    """Tell whether nobody sees one colour on the other."""
    return max(abs(a - b) for a, b in zip(one, other, strict=True)) <= NEAR
