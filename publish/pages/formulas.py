"""Formulas and messages in the cells that they name.

In: a `Page`, a formula of cells or a message. Out: HTML in which each cell is a link. Next: `evidence`,
`findings`.
"""

from markupsafe import Markup

from govtables.forms import TERM, find_terms
from publish.pages.cells import SIGNS, cell_anchor
from publish.pages.gather import Page, key_of
from publish.pages.markup import breakable, join, link, mixed, number, tag
from publish.pages.names import Record



def cells_of(page: Page, term: str) -> list[Record]:
    """Find the cells of a term such as ``requests.denied.*.total``; ``other.*`` fits rows of a group, or the
    row ``other``.
    """
    if "*" not in term:
        return [page.codes[term]] if term in page.codes else []
    [parsed] = find_terms(term)
    return [cell for code, cell in page.codes.items() if parsed.names(code)]


def _split(text: str) -> list[str]:
    """Cut a text around the cells that it names: every second piece is the code of one."""
    found = [term for term in TERM.finditer(text) if not term[5]]  # no cells of other reports
    starts, ends = [term.start(2) for term in found], [0, *(term.end() for term in found)]
    between = [text[a:b] for a, b in zip(ends, [*starts, len(text)], strict=True)]
    named = [text[a:b] for a, b in zip(starts, ends[1:], strict=True)]
    return [piece for pair in zip(between, [*named, ""], strict=True) for piece in pair][:-1]


def write_formula(page: Page, formula: str) -> Markup:
    """Write a formula in the numbers of its cells, each with a link to its cell."""
    pieces = _split(formula)
    return join((_write_term(page, piece) if n % 2 else piece for n, piece in enumerate(pieces)), "")


def _write_term(page: Page, term: str) -> Markup:
    cells = cells_of(page, term)
    return join((_write_operand(page, cell) for cell in cells), " + ") if cells else tag("code", term)


def _write_operand(page: Page, cell: Record) -> Markup:
    shown = number(cell["value"]) or SIGNS[cell["status"]]
    return link(f"#{cell_anchor(key_of(cell))}", shown, f"{shown}: {page.names.cell(*key_of(cell))}")


def is_sum(formula: str) -> bool:
    """Tell whether a formula has more than one cell."""
    return len(find_terms(formula)) > 1 or "*" in formula


def write_message(page: Page, message: str) -> Markup:
    """Write a message, the codes of cells in it as links, what is Chinese in an English one marked."""
    script = page.facts["script"]
    pieces = enumerate(_split(message))
    return join((_write_code(page, one) if n % 2 else mixed(one, script) for n, one in pieces), "")


def _write_code(page: Page, code: str) -> Markup:
    shown = breakable(code)
    return link(f"#{cell_anchor(key_of(page.codes[code]))}", shown) if code in page.codes else shown
