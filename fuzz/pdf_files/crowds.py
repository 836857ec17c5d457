"""Attacks by how much stands on one page, or how far from it: rules, cells and letters.

In: nothing. Out: `CROWDS`, the bytes of a file by the name of the attack. Next: `pdf.py`.
"""

from collections.abc import Callable

from pdf_files.objects import FONT, page_file

WORD = b"BT /F 9 Tf 9 9 Td (12) Tj ET"


def vast_page(side: int) -> bytes:
    """A page of a vast size, framed."""
    box = b"0 0 %d %d" % (side, side)
    return page_file(WORD + b" 0 0 m 9 9 l S %s re S" % box, FONT, box=box)


def far_rules() -> bytes:
    """Rules that reach far outside the page."""
    return page_file(b"-1e30 5 m 1e30 5 l S 5 -1e30 m 5 1e30 l S " + WORD, FONT)


def many_rules(count: int) -> bytes:
    """A net of rules, four of each on one place."""
    rules = (b"0 %d m 800 %d l S %d 0 m %d 800 l S" % ((n // 4,) * 4) for n in range(count))
    return page_file(b" ".join(rules) + b" " + WORD, FONT)


def many_cells(count: int) -> bytes:
    """A net of narrow cells on a wide page."""
    rules = (b"0 %d m 800 %d l S %d 0 m %d 800 l S" % (n, n, 8 * n, 8 * n) for n in range(count))
    word = b" BT /F 1 Tf 9 9 Td (12) Tj ET"
    return page_file(b" ".join(rules) + word, FONT, box=b"0 0 %d 800" % (8 * count))


def letters_on_one_place(count: int) -> bytes:
    """Letters on top of one another."""
    return page_file(b"BT /F 9 Tf 9 9 Td " + b"(1) Tj 0 0 Td " * count + b"ET", FONT)


def letters_in_one_cell(count: int) -> bytes:
    """A cell full of lines of small letters."""
    frame = b"0 0 500 800 re S 250 0 m 250 800 l S BT /F 3 Tf 9 9 Td "
    return page_file(frame + b"(12) Tj 0 0.01 Td " * (count // 2) + b"ET", FONT)


CROWDS: dict[str, Callable[[], bytes]] = {
    "a page of 1e9 points": lambda: vast_page(1_000_000_000),
    "rules far outside": far_rules,
    "3,000 x 3,000 rules": lambda: many_rules(3000),
    "100 x 800 cells": lambda: many_cells(800),
    "90,000 letters on one place": lambda: letters_on_one_place(90_000),
    "90,000 letters in one cell": lambda: letters_in_one_cell(90_000),
}
