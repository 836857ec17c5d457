"""Ruled tables, read as they are drawn."""

import pytest

from tests.readers.pdf.printing import FEES, MERGED, grids, lines, make, plain, table, text

GROUPS = ["三、/n本/n年 | (三)不予 | 1.秘密 | 7", "^ | ^ | 2.禁止 | 8", "^ | (七)总计 | < | 15", "四、结转 | < | < | 2"]

ALIKE = {
    "plain": (table(FEES), FEES),
    "merged header": (table(MERGED), MERGED),
    "upright group label": (table(GROUPS, high=30), GROUPS),
    "coloured header": (table(MERGED, shade=(0.8, 0.9, 1)), MERGED),
    "narrow rows": (table(MERGED, high=11, size=7), MERGED),
    "no left border": (table(MERGED, skip={("v", r, 0) for r in range(4)}), MERGED),
    "no right border": (table(MERGED, skip={("v", r, 4) for r in range(4)}), MERGED),
    "no bottom border": (table(MERGED, skip={("h", 4, c) for c in range(4)}), MERGED),
    "blank cells": (table(["规章 |  | 1", "文件 | / | —"]), ["规章 |  | 1", "文件 | / | —"]),
}


@pytest.mark.parametrize("name", ALIKE)
def test_tables_are_read_as_drawn(name):
    draw, rows = ALIKE[name]
    assert grids(make(draw)) == [plain(rows)]


def test_tables_side_by_side():
    data = make([table(["甲 | 1", "乙 | 2"]), table(["丙 | 3", "丁 | 4"], x=260)])
    assert grids(data) == [["甲 | 1", "乙 | 2"], ["丙 | 3", "丁 | 4"]]


def test_a_frame_around_paragraphs_is_no_table():
    data = make([lambda c: c.rect(50, 600, 400, 120), text(60, 700, "一、总体情况"), text(60, 680, "收到申请12件。")])
    assert grids(data) == []
    assert lines(data) == ["一、总体情况", "收到申请12件。"]
