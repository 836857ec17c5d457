"""Damages of a document's lines: by a scraper, or by what wraps and joins lines.

In: a page. Out: the page with what is done to its lines. Next: `document`.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from dataclasses import replace

from damaged.kinds import PIPES, TEXT, Page, kind
from synthetic import edit

GRID = PIPES | {"L6"}
NUMBER = re.compile(r"^-?\d[\d.]*$")


def is_row(line: str) -> bool:
    """Tell whether a line holds several numbers in cells."""
    return sum(bool(NUMBER.match(cell.strip())) for cell in re.split(r"[|\t]", line)) > 1


def one_row(page: Page, rng: random.Random, change: Callable[[list[str]], list[str]]) -> Page:
    """Do something to one line of numbers of a table, drawn by its place."""
    share, table = rng.random(), rng.randrange(3)
    turns = iter(range(9))

    def edit_lines(lines: list[str]) -> list[str]:
        places = [i for i, line in enumerate(lines) if is_row(line)]
        if next(turns) != table or not places:
            return lines
        at = places[int(share * len(places))]
        return [*lines[:at], *change(lines[at:]), *lines[at + 2 :]]

    return replace(page, lines=edit_lines)


@kind(GRID)
def rows_joined(page: Page, rng: random.Random) -> Page | None:
    """Two rows stand on one line."""
    return one_row(page, rng, lambda lines: [" ".join(lines[:2])])


@kind(GRID)
def row_broken(page: Page, rng: random.Random) -> Page | None:
    """A row is broken over two lines, between two cells."""
    share = rng.random()

    def change(lines: list[str]) -> list[str]:
        spots = [found.end() for found in re.finditer(r"\d (?=\|)|\d(?=\t)", lines[0])]
        spot = spots[int(share * len(spots))]
        return [lines[0][:spot], lines[0][spot:], *lines[1:2]]

    return one_row(page, rng, change)


@kind(GRID)
def label_around(page: Page, rng: random.Random) -> Page | None:
    """A label is wrapped above and below its numbers."""

    def change(lines: list[str]) -> list[str]:
        found = re.search(r"[^|\t]*[^|\t\d\s][^|\t]*(?=[ |\t]*[|\t]\s*\d+\s*[|\t])", lines[0])
        middle = (found.start() + found.end()) // 2 if found else 0
        cut = (
            [lines[0][:middle], lines[0][found.end() :], lines[0][middle : found.end()]]
            if found
            else lines[:1]
        )
        return [*cut, *lines[1:2]]

    return one_row(page, rng, change)


@kind(PIPES)
def span_remnant(page: Page, rng: random.Random) -> Page | None:
    """A spanned cell leaves more pipes behind one number."""
    share = rng.random()

    def change(lines: list[str]) -> list[str]:
        spots = [found.end() for found in re.finditer(r"\d \|", lines[0])]
        spot = spots[int(share * len(spots))] if spots else 0
        return [f"{lines[0][:spot]}{'||' if spot else ''}{lines[0][spot:]}", *lines[1:2]]

    return one_row(page, rng, change)


@kind(frozenset({"L4", "L2b"}))
def numbers_apart(page: Page, rng: random.Random) -> Page | None:
    """All labels of a table stand before all of its numbers."""

    def change(lines: list[str]) -> list[str]:
        kept = [line for line in lines if line.strip()]
        gap = [""] if len(kept) < len(lines) else []
        parts = sorted(kept, key=lambda line: bool(NUMBER.match(line.strip(" |"))))
        return [one for line in parts for one in (line, *gap)]

    return replace(page, lines=change)


@kind(frozenset({"L5", "L6"}))
def tabs_to_spaces(page: Page, rng: random.Random) -> Page | None:
    """Tabs became blanks."""
    blank = rng.choice((" ", "  ", "    "))
    return replace(page, text=lambda text: text.replace("\t", blank))


@kind(PIPES | {"L2", "L2b", "L3", "L14"})
def pipes_lost(page: Page, rng: random.Random) -> Page | None:
    """The pipes between cells became blanks."""
    return replace(page, text=lambda text: re.sub(r" ?\| ?", " ", text))


@kind(frozenset({"L4", "L5", "L6", "L14"}))
def empty_lines_lost(page: Page, rng: random.Random) -> Page | None:
    """Empty lines are lost."""
    return replace(page, text=lambda text: re.sub(r"\n{2,}", "\n", text))


@kind(TEXT - {"L7"})
def repeats_removed(page: Page, rng: random.Random) -> Page | None:
    """A line that was printed before is removed."""
    return replace(page, text=lambda text: "\n".join(dict.fromkeys(text.split("\n"))), unclear=True)


@kind(TEXT - {"L6", "L7"})
def neighbours_removed(page: Page, rng: random.Random) -> Page | None:
    """Of equal lines that follow each other one is kept."""

    def change(text: str) -> str:
        lines = text.split("\n")
        return "\n".join(line for i, line in enumerate(lines) if not i or line != lines[i - 1])

    return replace(page, text=change, unclear=True)


@kind(TEXT - {"L7"})
def line_lost(page: Page, rng: random.Random) -> Page | None:
    """A line of a table is lost."""
    share, table = rng.random(), rng.randrange(3)
    turns = iter(range(9))

    def change(lines: list[str]) -> list[str]:
        at = int(share * len(lines))
        return [*lines[:at], *lines[at + 1 :]] if next(turns) == table else lines

    return replace(page, lines=change, unclear=True)


@kind(TEXT - {"L7"})
def lines_joined(page: Page, rng: random.Random) -> Page | None:
    """Two lines of a table, whatever they hold, became one."""
    share, table = rng.random(), rng.randrange(3)
    turns, blank = iter(range(9)), rng.choice(("", " "))

    def change(lines: list[str]) -> list[str]:
        at = int(share * (len(lines) - 1))
        joined = [*lines[:at], blank.join(lines[at : at + 2]), *lines[at + 2 :]]
        return joined if next(turns) == table else lines

    return replace(page, lines=change, unclear=True)


@kind(frozenset({"L5", "L6", "L14", "html"}))
def spaces_for_tabs(page: Page, rng: random.Random) -> Page | None:
    """Hard blanks fill empty places, labels and numbers."""
    return replace(page, form=edit(page.form, lambda box: replace(box, text=f"\xa0{box.text}\u3000")))
