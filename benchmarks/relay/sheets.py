"""Synthetic annual reports as workbooks, whose every cell is known.

In: a seed, a generation of the form, and whether to damage it. Out: a `Sample` with the bytes of a workbook.
Next: `score`. They come from xlsxwriter.
"""

from __future__ import annotations

import io
import random
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from relay import Draft, draft_report, place_boxes
from synthetic import Box, Rows, Sample

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

NUMBER = re.compile(r"-?(?:0|[1-9]\d*)(?:\.\d*[1-9])?")


@dataclass(frozen=True, slots=True)
class Habits:
    """How one office fills its workbooks."""

    per_table: bool  # a sheet a table
    prose: bool  # the words of the report in the workbook, too
    wide: bool  # titles and words merged over the table's columns
    merged: bool  # spans as merged cells; else the text stands at the first place
    typed: str  # numbers as number, text or mixed
    totals: bool  # totals as formulas with their values
    top: int
    left: int
    gap: int  # empty rows between blocks
    draft: bool  # an older state of the tables in a hidden sheet
    spare: bool  # a hidden column with numbers beside each table
    fine: int  # columns of the sheet that a column of the table takes


@dataclass(frozen=True, slots=True)
class Spot:
    """One cell to write: place counted from 0, box, and how far it is merged."""

    row: int
    column: int
    box: Box
    down: int = 1
    across: int = 1


@dataclass(frozen=True, slots=True)
class Page:
    """One sheet to write."""

    name: str
    spots: list[Spot] = field(default_factory=list)
    hidden_columns: list[int] = field(default_factory=list)
    hidden: bool = False


def draw_habits(rng: random.Random) -> Habits:
    """Choose an office's habits."""
    return Habits(
        per_table=rng.random() < 0.4,
        prose=rng.random() < 0.4,
        wide=rng.random() < 0.6,
        merged=rng.random() < 0.85,
        typed=rng.choice(("number", "number", "text", "mixed")),
        totals=rng.random() < 0.3,
        top=rng.choice((0, 0, 1)),
        left=rng.choice((0, 0, 1, 2)),
        gap=rng.choice((0, 1, 1, 2)),
        draft=rng.random() < 0.15,
        spare=rng.random() < 0.1,
        fine=rng.choice((1, 1, 1, 2)),
    )


def make_xlsx(seed: int, generation: str, noise: bool) -> Sample:
    """Make one report as XLSX; the same arguments always give the same figures."""
    rng = random.Random(seed)
    draft = draft_report(seed, generation, noise, rng)
    habits = draw_habits(rng)
    data = write_xlsx(lay_pages(draft, habits, rng), habits, rng)
    return Sample(f"sheets-{seed}.xlsx", data, "xlsx", generation, draft.noises, draft.truth, draft.labels)


# ----------------------------------------------------------------------------------------
# Where everything stands


def lay_pages(draft: Draft, habits: Habits, rng: random.Random) -> list[Page]:
    """Lay the report out on one sheet, or on a sheet a table."""
    blocks = [block for block in draft.blocks if habits.prose or block.kind in ("title", "heading", "table")]
    pages, row = [Page("Sheet1")], habits.top
    for block in blocks:
        if block.kind != "table":
            row = lay_line(pages[-1], block.text, row, habits)
            continue
        row = lay_table(pages[-1], draft.form[block.text], row, habits) + habits.gap
        if habits.per_table and block.text != "disputes":
            pages.append(Page(f"Sheet{len(pages) + 1}"))
            row = habits.top
    if habits.draft:
        pages.append(Page("旧稿", hidden=True))
        older = [
            [box if box.role != "value" else Box("7", box.across, 1, "value") for box in line]
            for line in draft.form["requests"]
        ]
        lay_table(pages[-1], older, 0, habits)
    return pages


def lay_line(page: Page, text: str, row: int, habits: Habits) -> int:
    """Lay a line of words; return the next row."""
    if text:
        page.spots.append(Spot(row, habits.left, Box(text), 1, 10 if habits.wide else 1))
    return row + 1 if text else row


def lay_table(page: Page, rows: Rows, row: int, habits: Habits) -> int:
    """Lay a table; return the next row."""
    placed = place_boxes(rows)
    for at, line in enumerate(placed):
        for column, box, goes_on in line:
            if not goes_on:
                spans = (box.down, box.across * habits.fine) if habits.merged else (1, 1)
                page.spots.append(Spot(row + at, habits.left + column * habits.fine, box, *spans))
    width = max(column + box.across for line in placed for column, box, _ in line)
    if habits.spare:
        spare = habits.left + 40
        page.hidden_columns.append(spare)
        page.spots.extend(Spot(row + at, spare, Box(str(at), role="extra")) for at in range(3, len(rows)))
    return row + len(rows) + (width < 0)


def stored(box: Box, habits: Habits, rng: random.Random) -> float | str:
    """What a cell stores: a number, or the text as it is."""
    plain = box.role in ("value", "extra") and NUMBER.fullmatch(box.text) and len(box.text) < 16
    as_number = habits.typed == "number" or (habits.typed == "mixed" and rng.random() < 0.5)
    return float(box.text) if plain and as_number else box.text


# ----------------------------------------------------------------------------------------
# XLSX


def write_xlsx(pages: list[Page], habits: Habits, rng: random.Random) -> bytes:
    """Write a workbook with xlsxwriter, as if a program that calculates had saved it."""
    import xlsxwriter

    file = io.BytesIO()
    workbook = xlsxwriter.Workbook(file, {"in_memory": True})
    workbook.calc_on_load = False
    border = workbook.add_format({"border": 1, "text_wrap": True, "align": "center"})
    for page in pages:
        sheet = workbook.add_worksheet(page.name)
        for spot in page.spots:
            write_spot(sheet, spot, habits, border, rng)
        for column in page.hidden_columns:
            sheet.set_column(column, column, None, None, {"hidden": True})
        if page.hidden:
            sheet.hide()
    workbook.close()
    return file.getvalue()


def write_spot(sheet: Worksheet, spot: Spot, habits: Habits, style: Format, rng: random.Random) -> None:
    """Write one cell, merged where it spans others."""
    value = stored(spot.box, habits, rng)
    if spot.down > 1 or spot.across > 1:
        sheet.merge_range(
            spot.row, spot.column, spot.row + spot.down - 1, spot.column + spot.across - 1, "", style
        )
    if isinstance(value, str):
        sheet.write_string(spot.row, spot.column, value, style) if value else sheet.write_blank(
            spot.row, spot.column, None, style
        )
    elif habits.totals and spot.box.code and spot.box.code[2] == "total":
        sheet.write_formula(spot.row, spot.column, "=SUM(B1:B2)", style, value)
    else:
        sheet.write_number(spot.row, spot.column, value, style)


# ----------------------------------------------------------------------------------------
# A plain reader


def read_with_pandas(data: bytes) -> list[list[str]]:
    """Rows of all sheets as pandas gives them."""
    import pandas as pd

    frames = pd.read_excel(io.BytesIO(data), sheet_name=None, header=None, engine="calamine").values()
    rows = [
        row for frame in frames for row in frame.astype(object).where(frame.notna(), "").to_numpy().tolist()
    ]
    return [[f"{cell:.15g}" if isinstance(cell, float) else str(cell) for cell in row] for row in rows]
