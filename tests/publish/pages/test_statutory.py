"""Statutory tables of a page: headed as the form heads them, coloured as the theme does."""

import re

from site_pages import TOP, parse, text_of

import govtables as gt

STYLE = TOP / "docs" / "_static" / "reports.css"


def test_a_unit_is_that_of_the_form(pages):
    heads = {page: text_of(parse(pages.of(page)).body) for page in ("form-of-2019.txt", "huajie-2023.txt")}
    assert "Total amount procured (no unit in the form) 采购总金额 Centralised" in heads["form-of-2019.txt"]
    assert "Amount charged in the year 本年收费金额(单位:万元) (万元)" in heads["huajie-2023.txt"]


def test_colours_are_those_of_the_theme():
    style = STYLE.read_text(encoding="utf-8")
    assert not re.findall(r"#[0-9a-fA-F]{3,8}\b", style)
    assert all(f".s-{status}" in style for status in gt.Status if status != "reported")
