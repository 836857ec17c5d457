"""Formulas over cells of the form, as they are written: ``requests.denied.*.total - requests.granted.total``.

In: a text. Out: its `Term`s, and which cells they name. Next: `prose`, `analysis`, the pages of the site.
"""

import re
from functools import cache
from typing import NamedTuple

TERM = re.compile(r"([+-]?)\s*\b([a-z]\w*)\.([\w.*]+)\.(\w+|\*)", re.ASCII)


class Term(NamedTuple):
    """A cell that a formula names; ``denied.*`` is the rows of a group, ``other.*`` also ``other``."""

    sign: int
    table: str
    row: str
    column: str

    @property
    def text(self) -> str:
        """The term as it is written, without its sign."""
        return f"{self.table}.{self.row}.{self.column}"

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
    """
    return tuple(Term(-1 if sign == "-" else 1, *codes) for sign, *codes in TERM.findall(text))


@cache
def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(re.escape(text).replace(r"\.\*", r"(?:\.\w+)?"))
