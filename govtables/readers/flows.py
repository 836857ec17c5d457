"""Lines of text without any mark of a table: prose, or flows of labels and numbers that only blanks part.

In: a line. Out: a line of prose, or a grid of its words. Next: `plain`.
"""

import re

from govtables.language import is_label, join_spoken, unescape
from govtables.readers.document import Cell, Grid, make_cells

HEADING = re.compile(r"[\s#]*[一二三四五六七八]、.{2}")
PROSE_END = ("。", ":", "：", ";", "；")
FLOW_NUMBER = re.compile(r"(?:^|\s)[\dOoОо○〇./—-]+\w{0,2}(?=\s|$)")
FLOW_BREAK = re.compile(r"(?<=。)(?=[一二三四五六]、)")
SHORT = 24  # a broken label has at most this many characters before the break
LONG_LABEL = 90  # no label of the form is longer
LONGEST_LINE, FLOW_NUMBERS = 200_000, 5  # a longer line is kept as prose; a flow has so many numbers


def ends_cell(text: str) -> bool:
    """Tell a text that is no first part of a cell."""
    return len(text) > SHORT or is_prose(text) or HEADING.match(text) is not None


def is_prose(text: str) -> bool:
    """Tell a line of prose, which no label of the form is."""
    return len(text) > LONG_LABEL or (text.endswith(PROSE_END) and is_label(text))


def read_line(number: int, text: str) -> list[Cell | Grid]:
    """A line of prose, or a flow of labels and numbers that only blanks part."""
    few = text.count(" ") <= FLOW_NUMBERS and "&" not in text and len(text.split()) < FLOW_NUMBERS
    if few or not SHORT <= len(text) <= LONGEST_LINE or not _is_flow(joined := join_spoken(unescape(text))):
        return [Cell(text, f"L{number}")]
    words = FLOW_BREAK.sub(" ", joined).split()
    return [Grid((tuple(make_cells(words, f"L{number}:C")),), "cells", "flow")]


def _is_flow(text: str) -> bool:
    """Tell a chapter, or several rows, in one line; a row in a line may have its label around it."""
    chapter = HEADING.match(text) and text.count(" ") > FLOW_NUMBERS and not text.endswith(PROSE_END)
    if not chapter and len(FLOW_NUMBER.findall(text)) < FLOW_NUMBERS:
        return False
    labels = list(map(is_label, text.split()))
    return bool(chapter) or (False, True) in zip(labels, labels[1:], strict=False)
