"""The form as boxes with spans, as it is published.

In: figures. Out: three tables of boxes. Next: noises change them, layouts print them.
"""

from __future__ import annotations

import functools
import random
from dataclasses import replace
from decimal import Decimal

from synthetic.boxes import Box, Code, Form, Rows
from synthetic.figures import draw_disclosure, draw_disputes, draw_requests, print_figure
from synthetic.official import (
    AFTER_GROUPS, APPLICANTS, ARTICLE, CARRIED_OVER, CONCLUDED, CORNER, DISCLOSURE, FLOW_IN, GRANTS, GROUPS,
    ITEM, OUTCOME, RESULTS, SUITS, TOTAL,
)


def value_boxes(
    figures: dict[Code, Decimal], codes: list[Code], rng: random.Random, last: int = 1
) -> list[Box]:
    """Make the value cells of one row; the last one spans `last` columns."""
    texts = [print_figure(code, figures[code], rng) for code in codes]
    boxes = [Box(text, 1, 1, "value", code, figures[code]) for text, code in zip(texts, codes, strict=True)]
    return [*boxes[:-1], replace(boxes[-1], across=last)]


def row_label(table: str, row: str, text: str, across: int = 1) -> Box:
    """Make the cell that names a row."""
    return Box(text, across, 1, "row", (table, row, ""))


def build_disclosure(figures: dict[Code, Decimal], generation: str, rng: random.Random) -> Rows:
    """Build table A: four columns, short blocks stretched over them."""
    rows: Rows = []
    for article, columns, items in DISCLOSURE[generation]:
        last = 4 - len(columns)
        headers = [Box(text) for text, _ in columns]
        rows.append([Box(ARTICLE.format(article), 4, 1, "article")])
        rows.append([Box(ITEM), *headers[:-1], replace(headers[-1], across=last)])
        for row, text in items:
            codes = [("disclosure", row, column) for _, column in columns]
            rows.append([row_label("disclosure", row, text), *value_boxes(figures, codes, rng, last)])
    return rows


def request_row(
    figures: dict[Code, Decimal], rng: random.Random, row: str, text: str, across: int
) -> list[Box]:
    """Build one line of table B: its label and seven numbers."""
    codes = [("requests", row, column) for column, _ in (*APPLICANTS, TOTAL)]
    return [row_label("requests", row, text, across), *value_boxes(figures, codes, rng)]


def request_headers() -> Rows:
    """Build the three header lines of table B."""
    companies = [Box(text) for _, text in APPLICANTS[1:]]
    return [
        [Box(CORNER, 3, 3, "corner"), Box("申请人情况", 7)],
        [Box("自然人", 1, 2), Box("法人或其他组织", 5), Box("总计", 1, 2)], companies,
    ]


def build_requests(figures: dict[Code, Decimal], generation: str, rng: random.Random) -> Rows:
    """Build table B with its two columns of group labels."""
    line = functools.partial(request_row, figures, rng)
    results = [line(row, text, 2) for row, text in GRANTS]
    for group, group_text, items in GROUPS[generation]:
        lines = [line(f"{group}.{row}", text, 1) for row, text in items]
        lines[0].insert(0, Box(group_text, 1, len(items), "group"))
        results += lines
    results += [line(row, text, 2) for row, text in (*AFTER_GROUPS[generation], CONCLUDED)]
    results[0].insert(0, Box(OUTCOME, 1, len(results), "group"))
    return [*request_headers(), *(line(*row, 3) for row in FLOW_IN), *results, line(*CARRIED_OVER, 3)]


def build_disputes(figures: dict[Code, Decimal], rng: random.Random) -> Rows:
    """Build table C: two header levels of unequal depth above fifteen numbers."""
    results = [Box(text) for _, text in RESULTS]
    rows = ("review", *(row for row, _ in SUITS))
    codes = [("disputes", row, column) for row in rows for column, _ in RESULTS]
    return [
        [Box("行政复议", 5), Box("行政诉讼", 10)],
        [*(replace(box, down=2) for box in results), *(Box(text, 5) for _, text in SUITS)],
        results + results, value_boxes(figures, codes, rng),
    ]


def build_form(rng: random.Random, generation: str, requests_generation: str) -> Form:
    """Draw the figures and build the three tables; table B may follow the other generation."""
    figures = dict(draw_disclosure(rng, generation))
    figures |= dict(draw_requests(rng, requests_generation)) | dict(draw_disputes(rng))
    return {
        "disclosure": build_disclosure(figures, generation, rng),
        "requests": build_requests(figures, requests_generation, rng),
        "disputes": build_disputes(figures, rng),
    }
