"""Texts as a document sets them: their colours, what is raised or cannot be told, their lines.

In: texts and how each is set, the texts of colours. Out: one text that misleads nobody, its lines; a `Trail`
of notes; colours, and whether two can be told apart. Next: `styles`, `seen`, `docx`, `xlsx`.
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from govtables.language import is_label, tell

UNKNOWN = "□"  # stands for what is printed and is no text; where a number should be, it is unreadable
PALE = "\x03"  # the way of a text in the colour of its ground, and on both sides of it
BLANKS = str.maketrans({"\r": " ", "\xa0": " ", "\u2007": " ", "\u202f": " "})
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


class Trail(NamedTuple):
    """What was left out or cannot be told, and where."""

    places: dict[str, list[str]]

    def note(self, what: str, place: str) -> None:
        """Keep one."""
        self.places.setdefault(what, []).append(place)

    def lines(self) -> Iterator[str]:
        """A line for each kind, with its first place."""
        for what, places in self.places.items():
            message = "readers.at_several" if places[1:] else "readers.at"
            yield tell(message, what=what, count=len(places), place=places[0])


def join_runs(runs: Iterable[tuple[str, str]]) -> str:
    """Join texts; digits set in different ways, as a number and its footnote mark, are parted.

    >>> join_runs([("共", ""), ("12", ""), ("1", "superscript"), ("件", "")])
    '共12 1件'
    """
    joined, last = [], ("", "")
    for text, way in runs:
        if text:
            parted = way != last[1] and last[0][-1:].isdigit() and (text[0].isdigit() or text[0] in ".,")
            text = f"{PALE}{text}{PALE}" if way == PALE else text
            joined.append(f" {text}" if parted and way != PALE else text)
            last = (text, way)
    return "".join(joined)


def without_pale(text: str, is_known: bool) -> str:
    """What of a cell is seen, or of a line; nothing but a pale text is a label or not known, where its ground
    is.

    >>> without_pale("\x038\x0376", True), without_pale("\x0376\x03", True), without_pale("\x0376\x03", False)
    ('76', '□', '76')
    """
    parts = text.split(PALE)
    seen, said = "".join(parts[::2]), "".join(parts)
    if seen.strip():
        return seen
    return UNKNOWN if is_known and said.strip() and not is_label(said.strip()) else said


def lines_of(text: str, tab: str = " ") -> list[str]:
    """Printed lines of a text, without the blank ones; `tab` stands for a tab.

    >>> lines_of("商业\\n\\n企业\\t1", "  ")
    ['商业', '企业  1']
    """
    lines = (line.strip().replace("\t", tab) for line in text.translate(BLANKS).split("\n"))
    return [line for line in lines if line]


def text_lines(text: str) -> str:
    """The text of a cell: its printed lines.

    >>> text_lines(" 商业\\r\\n企业 ")
    '商业\\n企业'
    """
    return text if text.isalnum() else "\n".join(lines_of(text))


@lru_cache(maxsize=1 << 12)
def read_colour(text: str) -> Colour | None:
    """Read a colour; `None` where it cannot be told, as of a variable or a picture.

    >>> read_colour("#fff"), read_colour("rgb(255 0 0 / 0)") == CLEAR, read_colour("var(--ink)")
    ((255.0, 255.0, 255.0), True, None)
    """
    text = text.strip().lower()
    if found := HEX.fullmatch(NAMES.get(text, text)):
        digits = found[1] if len(found[1]) > 4 else "".join(2 * digit for digit in found[1])
        *parts, alpha = bytes.fromhex((digits + "ff")[:8])
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
    (red, green, blue), (r, g, b) = one, other
    return abs(red - r) <= NEAR and abs(green - g) <= NEAR and abs(blue - b) <= NEAR
