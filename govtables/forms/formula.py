"""Formulas as they are written: sums of cells in codes, what they equal and what they are divided by.

In: cells with their signs; a text. Out: a text; its `Term`s. Next: `equations`, who publishes formulas.

A cell is ``table.row.column``, ``*.*.*`` each cell alike. A cell of another report has ``of "REPORT"`` behind
it; with ``and`` those of several are added up, with ``or`` each says the same; ``of children`` are those that
the summary of a parent names.
"""

import json
import re
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import takewhile
from typing import NamedTuple

REPORT = r'"(?:[^"\\]|\\.)*"'
CELL = r"([+-]?)\s*(\b[a-z]\w*|\*)\.([\w.*]+)\.(\w+|\*)"
TERM = re.compile(f"{CELL}(?: of (children|{REPORT}(?: (?:and|or) {REPORT})*))?", re.ASCII)
EACH, CHILDREN = "*.*.*", "children"


class Term(NamedTuple):
    """A cell that a formula names; ``denied.*`` is the rows of a group, ``other.*`` also ``other``."""

    sign: int
    table: str
    row: str
    column: str
    source: str = ""  # where the cell stands, if it is not in the report itself

    @property
    def text(self) -> str:
        """The term as it is written, without its sign and its source."""
        return f"{self.table}.{self.row}.{self.column}"

    @property
    def reports(self) -> list[str]:
        """The other reports in which the cell stands, by their ids."""
        return [json.loads(name) for name in re.findall(REPORT, self.source)]

    def names(self, code: str) -> bool:
        """Tell whether a cell is meant, by its code ``table.row.column``."""
        return _pattern(self.text).fullmatch(code) is not None


@cache
def find_terms(text: str) -> tuple[Term, ...]:
    """Find the terms of a formula, or of a sentence that names cells, in their order.

    >>> [(term.sign, term.row) for term in find_terms("requests.received.total - requests.denied.*.total")]
    [(1, 'received'), (-1, 'denied.*')]
    >>> find_terms("requests.denied.*.total")[0].names("requests.denied.state_secret.total")
    True
    >>> find_terms('requests.carried_over.total of "a.txt" and "b.txt"')[0].reports
    ['a.txt', 'b.txt']
    """
    return tuple(Term(-1 if sign == "-" else 1, *codes) for sign, *codes in TERM.findall(text))


def write_equation(terms: Sequence[tuple[int, str]]) -> str:
    """Write weighted terms that add up to zero: those before the first negative one are the left side.

    >>> write_equation([(1, "a.b.c"), (-1, "a.d.c"), (-1, "a.e.c"), (1, "a.f.c")])
    'a.b.c = a.d.c + a.e.c - a.f.c'
    """
    left = [text for _, text in takewhile(lambda term: term[0] > 0, terms)]
    right = [f"{'-' if weight > 0 else '+'} {text}" for weight, text in terms[len(left) :]]
    return f"{' + '.join(left)} = {' '.join(right).removeprefix('+ ')}"


def write_share(part: str, whole: str) -> str:
    """Write one formula divided by another."""
    return f"({part}) / ({whole})"


def write_source(reports: Iterable[str], word: str = "and") -> str:
    """Write in which reports a cell stands: `word` tells whether they are added up, or say the same."""
    return f" {word} ".join(json.dumps(name, ensure_ascii=False) for name in reports)


@cache
def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(re.escape(text).replace(r"\.\*", r"(?:\.\w+)?"))
