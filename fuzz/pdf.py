"""Feed harmful PDF files to the package.

In: `--inputs`, `--seed`. Out: as `harness` says. The inputs are printed reports with harm done to their
objects, and listed attacks.

    python fuzz/pdf.py --inputs 2000 --seed 1
"""

import random
import sys
from functools import cache

from harness import Target, main
from pdf_files.bombs import BOMBS
from pdf_files.crowds import CROWDS
from pdf_files.drawings import DRAWINGS
from pdf_files.harms import HARMS, harm_bytes
from pdf_files.objects import take_apart
from relay.pages import make_pages

BASES = 8
ATTACKS = DRAWINGS | BOMBS | CROWDS


@cache
def base(number: int) -> tuple[tuple[int, bytes], ...]:
    """Take two pages of a good report apart."""
    return take_apart(make_pages(number, ("2021", "2019")[number % 2], number % 4 > 1).data, number)


def make(rng: random.Random, _: int) -> bytes:
    """Make one input: a good file with one kind of harm."""
    kind = rng.choice(list(HARMS))
    objects = dict(base(rng.randrange(BASES)))
    try:
        return HARMS[kind](objects, rng)
    except (IndexError, ValueError):  # nothing there to harm in that way
        return harm_bytes(dict(base(0)), rng)


def attack(_: random.Random, number: int) -> bytes:
    """Make an attack of the list."""
    return list(ATTACKS.values())[number]()


TARGETS = {"pdf": Target(make, apart=True), "pdf_attack": Target(attack, apart=True, most=len(ATTACKS))}

if __name__ == "__main__":
    sys.exit(main(TARGETS, "Feed harmful PDF files to the package."))
