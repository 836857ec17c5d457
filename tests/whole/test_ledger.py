"""The ledger: of every document, each text in the reach of a table is spent once, and marked where it was read.

In: the small documents, the sample, synthetic reports in all layouts and formats, damaged ones. Out: nothing.
"""

import random
import re
import shutil
from collections import Counter
from collections.abc import Iterator
from email.message import EmailMessage
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import pytest
from damaged import KINDS, make_damaged
from relay.saved import NAMES
from relay.score import MAKERS
from synthetic import GENERATIONS, LAYOUTS, make_report

from govtables.forms import tables
from govtables.pipeline.read import to_report
from govtables.pipeline.steps import Result, read_printed
from govtables.readers import Cell
from govtables.records import Spent, Status, Token

TOP = Path(__file__).parents[2]
SMALL = sorted(p for p in (TOP / "tests/documents").iterdir() if p.suffix not in (".csv", ".error"))
SAMPLE = sorted((TOP / "data/raw").glob("*-*.txt"))
MARKED = re.compile("【(.*?)】")
LONGEST_LINE = 120  # characters; longer ones are no part of a table
Named = tuple[str, bytes]
OFFICE = pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not here")
PICTURES = pytest.mark.skipif(not find_spec("onnxruntime"), reason="the extra ocr is not here")


def squeeze(text: str) -> str:
    return "".join(text.split())


def made(layout: str, seed: int, noise: bool) -> Named:
    sample = make_report(seed, GENERATIONS[seed % 2], layout, noise)
    return sample.name, sample.data


def saved(kind: str, seed: int) -> Named:
    sample = MAKERS[kind][0](seed, GENERATIONS[seed % 2], seed > 3)
    return sample.name, sample.data


def mailed(seed: int) -> Named:
    """A page as a browser or a mail program saves it."""
    message = EmailMessage()
    message["Subject"] = "report"
    message.set_content(made("html", seed, False)[1].decode("utf-8", "replace"), subtype="html")
    return f"{seed}.eml", message.as_bytes()


def separated(seed: int) -> Named:
    """A report of pipes whose cells commas separate."""
    lines = made("L1", seed, False)[1].decode("utf-8").replace(",", "，").splitlines()
    cells = [line.rstrip(" |").split("|") if "|" in line else [line] for line in lines]
    wide = max(map(len, cells))
    return f"{seed}.csv", "\n".join(",".join([*row, *[""] * (wide - len(row))]) for row in cells).encode()


@cache
def draw(group: str) -> list[Named]:
    """Documents of one kind, always the same."""
    if group == "small":
        return [(path.name, path.read_bytes()) for path in (*SMALL, *SAMPLE)]
    if group == "synthetic":
        return [made(layout, seed, seed > 1) for layout in (*LAYOUTS, "html") for seed in (1, 2)]
    if group == "damaged":
        chosen = random.Random(4)
        kinds = [(kind, chosen.choice(sorted(kind.layouts - {"pdf"}))) for kind in KINDS.values()]
        jobs = [make_damaged(7, kind.name, layout, kind.generations[-1]) for kind, layout in kinds]
        return [(job.name, job.data) for job in jobs]
    if group in ("eml", "csv"):
        return [(mailed if group == "eml" else separated)(seed) for seed in (1, 2)]
    return [saved(group, seed) for seed in ((1, 4, 5) if group in ("docx", "xlsx") else (4,))]


@cache
def read(group: str) -> list[Result]:
    """All reports that the documents hold, as printed."""
    first = [read_printed(data, name) for name, data in draw(group)]
    return [report for one in first for report in (one, *one.others) if report.error is None]


FORMATS = ["docx", "xlsx", "pdf", "eml", "csv", *(pytest.param(kind, marks=OFFICE) for kind in NAMES)]
FORMATS += [pytest.param("scan", marks=PICTURES)]
by_group = pytest.mark.parametrize("group", ["small", "synthetic", "damaged", *FORMATS])


def printed(report: Result) -> Iterator[tuple[int, Cell, bool]]:
    """Each text of a document with its chapter, in order, and whether it is a line of its own."""
    for section in report.chapters:
        for block in section.blocks:
            rows = [[block]] if isinstance(block, Cell) else block.rows
            yield from ((section.chapter, cell, block is cell) for row in rows for cell in row if cell)


@by_group
def test_each_text_in_the_reach_of_a_table_is_spent_once_and_in_order(group):
    assert read(group)
    for report in read(group):
        texts: dict[str, str] = {}
        for _, cell, _ in printed(report):
            texts[cell.place] = texts.get(cell.place, "") + squeeze(cell.text)
        order = {place: n for n, place in enumerate(texts)}
        # A word of a line has the place of the line, and a number of its own.
        homes = [one.place if one.place in order else one.place.rpartition(":C")[0] for one in report.ledger]
        assert [order[home] for home in homes] == sorted(order[home] for home in homes), report.name
        spent = dict.fromkeys(homes, "")
        for home, one in zip(homes, report.ledger, strict=True):
            spent[home] += squeeze(one.text)
        assert {home: (text, texts[home]) for home, text in spent.items() if text != texts[home]} == {}, report.name
        found = {tables()[one.table] for one in report.ledger}
        inside = [cell for chapter, cell, line in printed(report) if chapter in found and not (line and len(cell.text) > LONGEST_LINE)]
        assert [cell for cell in inside if cell.text.strip() and cell.place not in spent] == [], report.name


@by_group
def test_a_cell_of_the_ledger_is_a_cell_and_what_is_left_over_is_told(group):
    for report in read(group):
        spent = {(one.table, one.row, one.column): one for one in report.ledger if one.spent == Spent.CELL}
        assert len(spent) == sum(one.spent == Spent.CELL for one in report.ledger), report.name
        cells = {(cell.table, cell.row, cell.column): cell for cell in report.cells}
        assert {code: (one.place, one.text) for code, one in spent.items()} == {c: (cells[c].place, cells[c].raw) for c in spent}
        assert [cell for code, cell in cells.items() if cell.raw and code not in spent] == [], report.name
        assert [one for one in report.ledger if one.spent == Spent.LEFT_OVER and not is_told(report, one)] == [], report.name


def is_told(report: Result, left: Token) -> bool:
    """Tell whether cells of its row, or of its table, are unreadable, or a finding says what is left."""
    lost = [cell for cell in report.cells if cell.status == Status.UNREADABLE and cell.table == left.table]
    found = any(note.kind == "left_over" and note.table == left.table for note in report.findings)
    return found or any(left.row in (None, cell.row) for cell in lost)


@by_group
def test_the_text_that_is_marked_is_the_cell_that_was_read(group):
    for report in map(to_report, read(group)[-1:] if group in MAKERS else read(group)[::60]):
        printed = report.cells[report.cells["raw"].notna()]
        own = report.ledger[report.ledger["spent"] == Spent.CELL].set_index(["table", "row", "column"])["text"].to_dict()
        for cell in printed.itertuples():
            shown = str(report.source(cell.table, cell.row, cell.column)).rpartition("\n")[0]
            marked = MARKED.findall(shown.replace("\n", " "))
            has_place = (cell.table, cell.row, cell.column) in own  # else nothing is printed there
            assert marked == ([" ".join(cell.raw.split("\n"))] if has_place else []), (report.facts["report_id"], cell)
            assert has_place or cell.raw == ""
