"""Facts read from a text, in lines or as a grid."""

from govtables.extract.facts import Facts, read_facts
from govtables.extract.sections import split_sections
from govtables.readers import Cell, Document, Grid

TITLE = "甲县2022年政府信息公开工作年度报告"


def facts_of(text: str) -> Facts:
    cells = tuple(Cell(line, f"L{place}") for place, line in enumerate(text.split("\n"), start=1))
    return facts_of_blocks(*cells)


def facts_of_blocks(*blocks: Cell | Grid) -> Facts:
    document = Document("example", "", "text/plain", blocks)
    return read_facts(document, split_sections(document))


def in_chapters(text: str) -> str:
    return f"一、总体情况\n{text}\n六、其他需要报告的事项\n无。"


def as_grid(text: str) -> Grid:
    rows = ((Cell(line, f"T1:R{place}:C1"), None) for place, line in enumerate(text.split("\n"), start=1))
    return Grid(tuple(rows), "columns", "html")
