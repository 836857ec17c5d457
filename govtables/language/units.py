"""Units as they are printed: behind a number, in a header, in a label.

In: a printed word. Out: its `Unit`, or a number turned from the printed unit into another. Next: `numbers`.
"""

import re
from functools import cache, lru_cache
from typing import NamedTuple

from govtables.declared import declared
from govtables.language.script import simplify

MONEY, COUNT = "money", "count"


class Unit(NamedTuple):
    """What is counted, ``money`` or ``count``, none where only a scale is printed; how many one unit is."""

    kind: str | None
    factor: float


@cache
def unit_pattern() -> str:
    """The pattern of a unit in simplified script: a scale, a word, or both."""
    lines = sorted(declared("language", "units"), key=lambda line: -len(line["word"]))  # the longest is meant
    kinds = (("scale",), (MONEY, COUNT))
    scale, word = ("|".join(line["word"] for line in lines if line["kind"] in kind) for kind in kinds)
    return f"(?:(?:{scale})(?:{word})?|{word})"


@lru_cache(maxsize=1 << 14)
def read_unit(text: str) -> Unit | None:
    """Read a printed word as a unit, `None` when it is none.

    >>> read_unit("百万元"), read_unit("人次"), read_unit("年")
    (Unit(kind='money', factor=1000000.0), Unit(kind='count', factor=1.0), None)
    """
    text = simplify(text)
    if not text or not re.fullmatch(unit_pattern(), text):
        return None
    known = {line["word"]: line for line in declared("language", "units")}
    scales = [word for word in known if text.startswith(word) and known[word]["kind"] == "scale"]
    scale = max(scales, key=len, default="")
    word = known.get(text.removeprefix(scale))
    return Unit(word["kind"] if word else None, float(known[scale]["factor"]) if scale else 1.0)


def convert(value: float, printed: str, kept: str) -> float | None:
    """Turn a number from the printed unit into that which is kept; `None` where they count different things.

    Where no unit is kept, money stands as printed.

    >>> convert(385000, "元", "万元"), convert(1.5, "万件", "件"), convert(3, "元", "件"), convert(3, "亿元", "")
    (38.5, 15000.0, None, 3)
    """
    one, other = read_unit(printed), read_unit(kept)
    if other and one.kind not in (None, other.kind):
        return None
    if other is None and one.kind == MONEY:
        return value
    factor = one.factor / (other.factor if other else 1.0)
    return value if factor == 1 else round(value * factor, 10)
