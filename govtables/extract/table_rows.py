"""Which printed rows belong to which table of the form, and which generation of the form a table is.

In: the sections of a document. Out: `Row`s by table, and the generation that labels tell. Next: `match`.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence, Set
from functools import cache, lru_cache
from itertools import chain, pairwise

from govtables.extract.candidates import number
from govtables.extract.rows import LONGEST_LABEL, Row, split_rows
from govtables.extract.sections import read_heading
from govtables.extract.words import words
from govtables.forms import Wording, tables
from govtables.language import fold
from govtables.readers import Cell, Section

FEW_LABELS = 4  # of the form at the beginning of lines
CARD = re.compile(words("card"))


def rows_by_table(
    wording: Wording, sections: Sequence[Section], known: Set[str] = frozenset()
) -> tuple[dict[str, list[Row]], int]:
    """Rows of all grids, and of lines in the tables' chapters; of all lines for a table not found there.

    Also counts the labels of the form that were seen, printed with numbers or without. Of tables that are
    `known` it gives the rows that stand outside of their chapters, whatever these hold.
    """
    sections = [one for one in sections if all(one.chapter != tables()[table] for table in known)]
    inside = [(section, _holds_table(section, wording)) for section in sections]
    rows = [row for one, with_lines in inside for row in _table_rows(wording, one, with_lines)]
    by_table = _sort_rows(wording, rows)
    keys = chain.from_iterable([row.keys for rows in by_table.values() for row in rows])
    seen = sum(map(wording.owners.__contains__, keys))
    if lacking := [table for table, own in by_table.items() if table not in known and not _has_values(own)]:
        wider = _sort_rows(wording, [row for s in sections for row in _table_rows(wording, s, True)])
        by_table |= {table: wider[table] if _has_values(wider[table]) else [] for table in lacking}
    return by_table, seen


def _table_rows(wording: Wording, section: Section, with_lines: bool) -> Iterator[Row]:
    """Rows of a section without those of the page's index card, which has labels of the form by chance."""
    for row in split_rows(section, with_lines, wording):
        card = row.names and row.names[0] not in wording.owners and _names_card(row.keys)
        if not card or any(number(cell) is not None for cell in row.values):
            yield row


@lru_cache(maxsize=1 << 14)
def _names_card(keys: tuple[str, ...]) -> bool:
    return any(map(CARD.match, keys))


def _holds_table(section: Section, wording: Wording) -> bool:
    """Tell whether lines may be rows: in a table's chapter, or where headings or labels of tables stand."""
    chapters = tables().values()
    if section.chapter in chapters:
        return True
    lines = [block.text.split() or [""] for block in section.blocks if isinstance(block, Cell)]
    if any(read_heading("".join(line)) in chapters for line in lines):
        return True
    labels = [line[0] for line in lines if len(line[0]) <= LONGEST_LABEL]
    return len(labels) >= FEW_LABELS and sum(fold(text) in wording.owners for text in labels) >= FEW_LABELS


def _has_values(rows: Sequence[Row]) -> bool:
    return any(row.values for row in rows)


def _sort_rows(wording: Wording, rows: Sequence[Row]) -> dict[str, list[Row]]:
    """Give each row to a table: by its own label, else by its chapter, else by the rows before it."""
    chapters = {chapter: table for table, chapter in tables().items()}
    found: dict[str, list[Row]] = {table: [] for table in tables()}
    widths = _widths(wording)
    widest = max(widths, key=lambda one: widths[one])
    current, chapter = None, 0
    for row in rows:
        if row.chapter != chapter:
            current, chapter = chapters.get(row.chapter), row.chapter
        owner = _owner_of(wording, row.names) or _owner_of(wording, row.keys[::-1])
        current = owner or current
        if current:
            # A label run together with the heading before it names no row, and its numbers stand elsewhere.
            known = owner or not row.labels
            strange = not known and 2 * widths[current] < widths[widest] == row.numbers()
            found[widest if strange else current].append(row)
    return found


@lru_cache(maxsize=1 << 14)
def _owner_of(wording: Wording, keys: tuple[str, ...]) -> str | None:
    return next((wording.owners[key] for key in keys if key in wording.owners), None)


@cache
def _widths(wording: Wording) -> dict[str, int]:
    """The most columns that the rows of each table have."""
    blocks = [block for one in wording.forms.values() for block in one.columns.items()]
    return {table: max(len(columns) for (of, _), columns in blocks if of == table) for table in tables()}


def tell_generation_of(wording: Wording, table: str, rows: Sequence[Row]) -> str | None:
    """Tell the generation from the labels that only one has, `None` where they do not decide.

    (六) is such a label if it has numbers, or (七) follows it at once.
    """
    only, own = wording.only[table], wording.forms["2019"].row_codes[table]
    votes = Counter(only[key] for row in rows for key in row.keys if key in only)
    if "other" in own.values():
        votes.update(["2019"] * _count_other(own, rows))
    best = votes.most_common(2)
    return best[0][0] if best and (len(best) == 1 or best[0][1] > best[1][1]) else None


def _count_other(own: dict[str, str], rows: Sequence[Row]) -> int:
    """Count the signs that the row (六) is one of its own."""
    coded = [(own.get(row.names[0]) if row.names else None, row) for row in rows if row.names or row.values]
    numbered = [row for code, row in coded if code == "other" and row.numbers()]
    followed = zip(coded, coded[1:], strict=False)
    at_once = [row for (one, row), (after, _) in followed if (one, after) == ("other", "concluded")]
    valued = [row for row in at_once if row.values]
    bare = [(own.get(key), own.get(behind)) for row in rows for key, behind in pairwise(row.keys)]
    return len(numbered) + len(valued) + bare.count(("other", "concluded"))
