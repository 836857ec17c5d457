"""Tables of WordprocessingML, in the ways that offices make them.

In: rows of boxes, the habits of an office. Out: markup. Next: `report`.
"""

from __future__ import annotations

import random
import re
from xml.sax.saxutils import quoteattr

from relay import place_boxes
from relay.words.habits import Habits
from relay.words.paragraphs import write_change, write_numbered, write_paragraph, write_run
from synthetic import Box, Rows

WIDTH = 9000  # of a table, in twentieths of a point
ITEM = re.compile(r"^(\d)\.")


def write_table(rows: Rows, habits: Habits, rng: random.Random) -> str:
    """Write one table; `rng` gives each group of numbered items a list of its own."""
    lists = iter(range(100 + rng.randint(0, 20), 160))
    number, lines, placed = next(lists), [], place_boxes(rows)
    width = max(column + box.across for line in placed for column, box, _ in line) * habits.fine
    grid = f"<w:tblGrid>{f'<w:gridCol w:w={quoteattr(str(WIDTH // width))}/>' * width}</w:tblGrid>"
    for line in placed:
        cells = []
        several = sum(box.role == "value" for _, box, _ in line) > 1
        shift = rng.randint(0, 4) if habits.ragged and several else 0
        for at, (_, box, goes_on) in enumerate(line):
            if ITEM.match(box.text) and box.text.startswith("1"):
                number = next(lists)
            span = box.across * habits.fine + shift * ((box.role == "row") - (at == len(line) - 1))
            cells.append(write_cell(box, goes_on, span, number, WIDTH // width, habits, rng))
        lines.append(f"<w:tr>{indent(line, habits)}{''.join(cells)}</w:tr>")
    return f"<w:tbl><w:tblPr/>{grid}{''.join(lines)}</w:tbl>"


def indent(line: list[tuple[int, Box, bool]], habits: Habits) -> str:
    """Columns that a row leaves out before its first cell."""
    before = line[0][0] * habits.fine if line else 0
    return f'<w:trPr><w:gridBefore w:val="{before}"/></w:trPr>' if before else ""


def write_cell(
    box: Box, goes_on: bool, span: int, number: int, width: int, habits: Habits, rng: random.Random
) -> str:
    """Write one cell over `span` grid columns; `number` is the list that numbers the items of its group."""
    content = "<w:p/>" if goes_on else write_content(box, number, habits, rng)
    down = "" if box.down == 1 else "<w:vMerge/>" if goes_on else '<w:vMerge w:val="restart"/>'
    if habits.legacy and box.across > 1 and not habits.ragged:
        first = write_frame(habits.fine, width, f'<w:hMerge w:val="restart"/>{down}', content)
        return first + write_frame(habits.fine, width, f"<w:hMerge/>{down}", "<w:p/>") * (box.across - 1)
    cell = write_frame(span, width, down, content)
    controlled = habits.controls and rng.random() < 0.2
    return f"<w:sdt><w:sdtContent>{cell}</w:sdtContent></w:sdt>" if controlled else cell


def write_frame(span: int, width: int, merge: str, content: str) -> str:
    """Write a cell around its paragraphs."""
    spans = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    return f'<w:tc><w:tcPr><w:tcW w:w="{span * width}" w:type="dxa"/>{spans}{merge}</w:tcPr>{content}</w:tc>'


def write_content(box: Box, number: int, habits: Habits, rng: random.Random) -> str:
    """Write the paragraphs of a cell."""
    if habits.items and box.role == "row" and ITEM.match(box.text):
        return write_numbered(ITEM.sub("", box.text), number)
    if habits.tracked and box.role == "value" and box.text.isdigit() and rng.random() < 0.3:
        return write_paragraph("", runs=write_change(box.text, rng))
    if habits.torn and len(box.text) > 1:
        cut = rng.randrange(1, len(box.text))
        bold = write_run(box.text[cut:], "<w:rPr><w:b/></w:rPr>")
        return write_paragraph("", runs=f"{write_run(box.text[:cut])}<w:proofErr/>{bold}")
    texts = box.text.split("\n") if habits.lines == "paragraph" else [box.text]
    return "".join(write_paragraph(text or habits.blank) for text in texts)
