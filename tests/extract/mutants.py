"""Sections of made reports, with one change each, and with other numbers."""

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from govtables.extract.plans import PLAIN
from govtables.extract.sections import split_sections
from govtables.forms import collect_wording, tables
from govtables.readers import Cell, Grid, Section, open_document
from synthetic import GENERATIONS, make_report

Sections = tuple[Section, ...]
Block = Cell | Grid
Rows = list[list[Cell | None]]
ODD = (
    *("", "/", "-", "—", "无", "0件", "１２", "1,234", "+5", "-3", "减3", "增12", "2020", "2021年", "12.5", "012"),
    *("1 2", "12。", "约12", "待定", "(3)", "3、", "12万元", "#12", "O", "1⁇7", "9007199254740993", "第三项", "(注)"),
)
UNITS = ("（万元）", "(单位：件)", "/元", "（元）", " 单位：万元")
LINES = (
    *("单位：件", "（单位：万元）", "注：以上含3个部门", "规章 12", "行政许可  5  6", "12", "0", "第 3 页"),
    "共制发2件。" * 40,
)
SIGNS = ("", "", "", "-", "+", "减")


def read_sections(seed: int, layout: str, noise: bool = False) -> Sections:
    made = make_report(seed, GENERATIONS[seed % 2], layout, noise)
    return split_sections(open_document(made.data, made.name))


def change_cells(sections: Sections, change: Callable[[Cell], Cell | None]) -> Sections:
    """Each cell in the chapters of tables changed."""

    def changed(block: Block) -> Block:
        if isinstance(block, Cell):
            return change(block) or block
        rows = tuple(tuple(cell and change(cell) for cell in row) for row in block.rows)
        return replace(block, rows=rows)

    return tuple(
        replace(one, blocks=tuple(map(changed, one.blocks))) if one.chapter in tables().values() else one
        for one in sections
    )


def renumber(sections: Sections, draw: Callable[[], str]) -> Sections:
    """The same shapes with other plain numbers."""
    return change_cells(sections, lambda cell: cell._replace(text=draw()) if PLAIN.fullmatch(cell.text) else cell)


def numbers(rng: random.Random) -> Iterator[Callable[[], str]]:
    """Ways to draw numbers: small and large, with signs, years, all the same."""
    same = str(rng.choice([0, 1, 12, 2021]))
    yield lambda: str(rng.choice([0, 0, 0, 1, 2, 5, 17, 2020]))
    yield lambda: same
    yield lambda: rng.choice(SIGNS) + str(rng.randrange(10 ** rng.randint(1, 9)))
    yield lambda: "0"
    yield lambda: f"{rng.randrange(3000)}.{rng.randrange(1000)}"
    yield lambda: str(rng.randrange(2000, 2100))


def mutate(sections: Sections, rng: random.Random) -> Sections:
    """A report with one change in the chapter of a table, or beside them."""
    within = [n for n, one in enumerate(sections) if one.chapter in tables().values() and one.blocks]
    n = rng.choice(within)
    section = rng.choice(CHANGES)(sections[n], rng)
    return (*sections[:n], section, *sections[n + 1 :])


def _blocks(change: Callable[[list[Block], random.Random], None]) -> Callable[[Section, random.Random], Section]:
    def changed(section: Section, rng: random.Random) -> Section:
        blocks = list(section.blocks)
        change(blocks, rng)
        return replace(section, blocks=tuple(blocks))

    return changed


def _rows(change: Callable[[Rows, random.Random], None]) -> Callable[[Section, random.Random], Section]:
    """A change of the rows of a grid; lines of a chapter without grids are rows of one cell."""

    def changed(section: Section, rng: random.Random) -> Section:
        grids = [n for n, block in enumerate(section.blocks) if isinstance(block, Grid) and block.rows]
        if not grids:
            rows = [[block] for block in section.blocks if isinstance(block, Cell)]
            change(rows, rng)
            return replace(section, blocks=tuple(cell for row in rows for cell in row if cell))
        n = rng.choice(grids)
        rows = [list(row) for row in section.blocks[n].rows]
        change(rows, rng)
        grid = replace(section.blocks[n], rows=tuple(map(tuple, rows)))
        return replace(section, blocks=(*section.blocks[:n], grid, *section.blocks[n + 1 :]))

    return changed


def _spot(rows: Rows, rng: random.Random, fits: Callable[[str], bool] = bool) -> tuple[int, int] | None:
    spots = [(r, c) for r, row in enumerate(rows) for c, cell in enumerate(row) if cell and fits(cell.text)]
    return rng.choice(spots) if spots else None


def _is_number(text: str) -> bool:
    return PLAIN.fullmatch(text) is not None


def _is_words(text: str) -> bool:
    return bool(text) and not any(map(str.isnumeric, text))


def _put(fits: Callable[[str], bool], write: Callable[[str, random.Random], str]) -> Callable[[Rows, random.Random], None]:
    def changed(rows: Rows, rng: random.Random) -> None:
        if at := _spot(rows, rng, fits):
            cell = rows[at[0]][at[1]]
            rows[at[0]][at[1]] = cell._replace(text=write(cell.text, rng))

    return changed


def _any_label(_: str, rng: random.Random) -> str:
    return rng.choice(sorted(collect_wording(()).owners))


def _swap_rows(rows: Rows, rng: random.Random) -> None:
    one, other = rng.randrange(len(rows)), rng.randrange(len(rows))
    rows[one], rows[other] = rows[other], rows[one]


def _swap_columns(rows: Rows, rng: random.Random) -> None:
    width = max(map(len, rows), default=0)
    one, other = rng.randrange(max(1, width)), rng.randrange(max(1, width))
    for row in rows:
        if max(one, other) < len(row):
            row[one], row[other] = row[other], row[one]


def _lose(rows: Rows, rng: random.Random) -> None:
    if at := _spot(rows, rng, lambda _: True):
        del rows[at[0]][at[1]]


def _merge(rows: Rows, rng: random.Random) -> None:
    if at := _spot(rows, rng, lambda _: True):
        rows[at[0]][at[1]] = None


def _repeat(rows: Rows, rng: random.Random) -> None:
    n = rng.randrange(len(rows))
    rows.insert(rng.randrange(len(rows) + 1), [cell and cell._replace(place=f"X{cell.place}") for cell in rows[n]])


def _drop(rows: Rows, rng: random.Random) -> None:
    del rows[rng.randrange(len(rows))]


def _add_row(rows: Rows, rng: random.Random) -> None:
    row = [Cell(rng.choice(["自查文件", "合计", "（六）其他处理", ""]), "X1:C1")]
    row += [Cell(str(rng.randrange(9)), f"X1:C{c}") for c in range(2, len(rows[0]) + 1)]
    rows.insert(rng.randrange(len(rows) + 1), row)


def _share_lines(rows: Rows, rng: random.Random) -> None:
    """Other texts share a line, or a place."""
    lines = rng.choice([("Z", "Z"), ("Z", "Y"), ("", "Z")])
    for row in rows:
        for c, cell in enumerate(row):
            if cell and rng.random() < 0.5:
                line = rng.choice(lines)
                row[c] = cell._replace(place=rng.choice([f"{line}:C{c}", line or "L1"]))


def _add_line(blocks: list[Block], rng: random.Random) -> None:
    blocks.insert(rng.randrange(len(blocks) + 1), Cell(rng.choice([*LINES, _any_label("", rng)]), "X2"))


def _swap_blocks(blocks: list[Block], rng: random.Random) -> None:
    rng.shuffle(blocks)


def _relay(blocks: list[Block], rng: random.Random) -> None:
    for n, block in enumerate(blocks):
        if isinstance(block, Grid):
            keeps, layout = rng.choice(["columns", "rows", "cells"]), rng.choice([block.layout, "html", "pipe-rows"])
            blocks[n] = replace(block, keeps=keeps, layout=layout)


def _head(section: Section, rng: random.Random) -> Section:
    heading = section.heading
    return replace(section, heading=heading and heading._replace(text=heading.text + rng.choice([*UNITS, "表"])))


CHANGES = (
    _rows(_put(_is_words, lambda text, rng: text + rng.choice(["改", "1", *UNITS]))),
    _rows(_put(_is_words, lambda text, rng: text[:-1])),
    _rows(_put(_is_words, _any_label)),
    _rows(_put(_is_number, lambda _, rng: rng.choice(ODD))),
    _rows(_put(lambda text: not text, lambda _, rng: rng.choice(ODD))),
    _rows(_put(_is_number, lambda _, rng: "")),
    *map(_rows, (_swap_rows, _swap_columns, _lose, _merge, _repeat, _drop, _add_row, _share_lines)),
    *map(_blocks, (_add_line, _swap_blocks, _relay)), _head,
)
