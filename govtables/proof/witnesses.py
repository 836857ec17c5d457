"""Weaker witnesses, for numbers that no identity guards: a sign, a row that is missing, what a body can have.

In: the cells of a report and its issuer. Out: findings; no value is changed. Next: `pipeline`.
"""

from collections.abc import Iterator, Sequence, Set
from itertools import groupby

from govtables.declared import declared
from govtables.forms import form, name_cell, tell_generation
from govtables.issuers import may_make_rules
from govtables.language import Said, is_signed, join, tell
from govtables.proof.checks import limits
from govtables.proof.finding_rows import find
from govtables.proof.sentences import name_of
from govtables.records import CellRow, Finding, Issuer, Status, is_local, of_form

UNGUARDED, RULES, RESULTS, MONEY = "disclosure", "regulation", "disputes", "amount"
MOST_MONEY = 1e6  # in 10,000 yuan, of a county or what is below it


def ask_witnesses(cells: Sequence[CellRow], issuer: Issuer | None) -> Iterator[Finding]:
    """Find what speaks against printed numbers though no identity does."""
    odd = [cell for cell in cells if cell.raw and not cell.raw[0].isdigit() and not is_local(cell)]
    yield from (_tell("sign", "proof.sign", [cell], raw=cell.raw) for cell in odd if _is_signed_count(cell))
    unguarded = of_form([cell for cell in cells if cell.table == UNGUARDED])
    without_rules = issuer is not None and may_make_rules(issuer) is False
    yield from _find_rows_missing(unguarded, {RULES} if without_rules else set()) if unguarded else ()
    yield from _find_stocks(unguarded)
    money = [cell for cell in unguarded if cell.column == MONEY and (cell.value or 0) > MOST_MONEY]
    if without_rules and money:
        yield _tell("amount_unit", "proof.much_money", money, value=money[0].value, level=_name_level(issuer))
    rules = [cell for cell in unguarded if cell.row == RULES and cell.value]
    if rules and without_rules:
        yield _tell("rule_making", "proof.rule_making", rules, name=issuer.name, level=_name_level(issuer))


def _is_signed_count(cell: CellRow) -> bool:
    """Tell a number with a sign where none belongs; a negative one is found by its value."""
    printed = cell.status == Status.REPORTED and cell.value is not None and cell.value >= 0
    changes = limits().get((cell.table, cell.column)) == "signed_count"
    return printed and not changes and is_signed(cell.raw or "")


def find_shares(cells: Sequence[CellRow]) -> Iterator[Finding]:
    """Find numbers in one row, or one line of results, with a share: they may be shares, too."""
    lines: dict[tuple[str, str], list[CellRow]] = {}
    for cell in cells if any(cell.raw and cell.raw[-1] in "%％" for cell in cells) else ():
        lines.setdefault((cell.table, "" if cell.table == RESULTS else cell.row), []).append(cell)
    for line in lines.values():
        share = next((cell.raw for cell in line if cell.raw and cell.raw[-1] in "%％"), None)
        for _, row in groupby(line if share else (), key=lambda cell: cell.row):
            if held := [cell for cell in row if cell.value is not None]:
                yield _tell("unit", "proof.share", held, share=share)


def _find_rows_missing(cells: Sequence[CellRow], needless: Set[str]) -> Iterator[Finding]:
    """Find blocks that print numbers, but not all rows that the body needs: whose numbers are these?"""
    table = cells[0].table
    blocks = {row.code: row.block for row in form(tell_generation(table, cells)).rows[table]}
    for _, group in groupby(cells, key=lambda cell: blocks[cell.row]):
        block = list(group)
        printed = [cell for cell in block if cell.value is not None]
        there = {cell.row for cell in block if cell.status != Status.ABSENT}
        missing = {cell.row for cell in block} - there - needless
        if printed and missing:
            names = join((name_cell(table, row, whole=False) for row in sorted(missing)), ", ")
            yield _tell("row_missing", "proof.row_missing", printed, missing=names)


def _find_stocks(cells: Sequence[CellRow]) -> Iterator[Finding]:
    """Find rows of which more was issued and not repealed than is in force."""
    for _, group in groupby(cells, key=lambda cell: cell.row):
        row = {cell.column: cell for cell in group if cell.value is not None}
        numbers = {name: row[name].value for name in ("issued", "repealed", "in_force") if name in row}
        if len(numbers) == 3 and numbers["issued"] - numbers["repealed"] > numbers["in_force"]:
            held = [row["in_force"], row["issued"], row["repealed"]]
            yield _tell("stock_part", "proof.stock_part", held, **numbers)


def _tell(kind: str, message: str, cells: Sequence[CellRow], **facts: object) -> Finding:
    return find(kind, cells, join([name_of(cells[0]), tell(message, **facts)], ": "))


def _name_level(issuer: Issuer) -> Said:
    zh = [line["zh"] for line in declared("issuers", "levels") if line["level"] == issuer.level]
    return Said(issuer.level, *zh)
