"""Automatic numbers of Word's lists."""

import pytest
from tests.readers.office.writing import DELETED, docx, p, show, tbl, tc, tr

from govtables.readers.office.docx import read_docx


def num(number: int, level: int = 0) -> str:
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'


def lvl(kind: str, text: str, level: int = 0, more: str = "") -> str:
    return f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/><w:lvlText w:val="{text}"/>{more}</w:lvl>'


def lists(*levels: str) -> str:
    """Numbering: list 1 with the levels given, and list 2, which counts the same levels from 1 again."""
    again = '<w:num w:numId="2"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
    first = '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    return f'<w:abstractNum w:abstractNumId="0">{"".join(levels)}</w:abstractNum>{first}{again}'


CHAPTER = lvl("chineseCounting", "%1、", more='<w:suff w:val="nothing"/>')

NUMBERED = {
    "chapters": (
        lists(CHAPTER),
        p("总体情况", properties=num(1)) + p("文") + p("主动公开", properties=num(1)),
        ["一、总体情况", "文", "二、主动公开"],
    ),
    "levels": (
        lists(CHAPTER, lvl("decimal", "%1.%2", 1)),
        p("a", properties=num(1))
        + p("b", properties=num(1, 1)) * 2
        + p("c", properties=num(1))
        + p("d", properties=num(1, 1)),
        ["一、a", "一.1 b", "一.2 b", "二、c", "二.1 d"],
    ),
    "another list begins at one": (
        lists(CHAPTER),
        p("a", properties=num(1)) * 2 + p("b", properties=num(2)),
        ["一、a", "二、a", "一、b"],
    ),
    "a deleted paragraph does not count": (
        lists(CHAPTER),
        p("<w:del><w:r><w:delText>x</w:delText></w:r></w:del>", properties=num(1) + DELETED)
        + p("a", properties=num(1)),
        ["一、a"],
    ),
    "a number before a value is no digit of it": (
        lists(lvl("decimal", "%1.")),
        tbl(tr(tc(p("0", properties=num(1))))),
        ["| 1. 0 |"],
    ),
    "list that is missing": ("", p("总体情况", properties=num(7)), ["总体情况"]),
    "bullets print nothing": (lists(lvl("bullet", "●")), p("a", properties=num(1)), ["a"]),
    "no list": (lists(CHAPTER), p("a", properties=num(0)), ["a"]),
    "labels of a table": (
        lists(lvl("chineseCounting", "(%1)")),
        tbl(tr(tc(p("予以公开", properties=num(1))), "1"), tr(tc(p("部分公开", properties=num(1))), "2")),
        ["| (一) 予以公开 | 1 |", "| (二) 部分公开 | 2 |"],
    ),
}


@pytest.mark.parametrize(("numbering", "body", "expected"), NUMBERED.values(), ids=NUMBERED)
def test_automatic_numbers(numbering, body, expected):
    blocks, notes = read_docx(docx(body, numbering=numbering))
    assert (show(blocks), notes) == (expected, ())


def test_numbers_and_hiding_by_style():
    own = '<w:style w:styleId="h1"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    based = '<w:style w:styleId="h2"><w:basedOn w:val="h1"/></w:style><w:style w:styleId="h3"><w:rPr><w:vanish/></w:rPr></w:style>'
    styled = [
        p(text, properties=f'<w:pStyle w:val="{style}"/>')
        for text, style in (("总体情况", "h1"), ("主动公开", "h2"), ("窗体", "h3"))
    ]
    levels = lvl("decimal", "%1)"), lvl("chineseCounting", "%2、", 1, '<w:pStyle w:val="h1"/>')
    blocks, notes = read_docx(docx("".join(styled), numbering=lists(*levels), styles=own + based))
    assert (show(blocks), notes) == (["一、 总体情况", "二、 主动公开"], ("hidden text in L3",))


@pytest.mark.parametrize(
    ("kind", "expected"),
    [("decimal", "(1) a"), ("ideographDigital", "(一) a"), ("upperRoman", "a"), ("none", "a")],
)
def test_kinds_of_numbers(kind, expected):
    assert show(read_docx(docx(p("a", properties=num(1)), numbering=lists(lvl(kind, "(%1)"))))[0]) == [
        expected
    ]
