"""Texts that a document marks, such as superscript, and their lines.

In: texts and how each is set. Out: one text that misleads nobody, its lines; a `Trail` of notes. Next:
`docx`, `xlsx`.
"""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from govtables.language import is_label

UNKNOWN = "□"  # stands for what is printed and is no text; where a number should be, it is unreadable
PALE = "\x03"  # the way of a text in the colour of its ground, and on both sides of it
BLANKS = str.maketrans({"\r": " ", "\xa0": " ", "\u2007": " ", "\u202f": " "})


class Trail(NamedTuple):
    """What was left out or cannot be told, and where."""

    places: dict[str, list[str]]

    def note(self, what: str, place: str) -> None:
        """Keep one."""
        self.places.setdefault(what, []).append(place)

    def lines(self) -> Iterator[str]:
        """A line for each kind, with its first place."""
        for what, places in self.places.items():
            often = f", {len(places)} times, first" if len(places) > 1 else ""
            yield f"{what}{often} in {places[0]}"


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
