"""Pages of a site: the same rows with their spans, inside a whole page.

In: a form, the words around it. Out: HTML. Next: `report`.
"""

from __future__ import annotations

import functools
import html
import random
from collections.abc import Callable
from dataclasses import dataclass

from synthetic.boxes import Block, Box, Form, Rows, break_rows

PAGE_SIZE = (40_000, 90_000)
SLOVENLY_SPANS = 0.1  # share of pages that write colspan="2;"


@dataclass(frozen=True, slots=True)
class Markup:
    """How one site writes its tables."""

    td: str
    spans: str
    attributes: str
    wrap: tuple[str, str]
    line: str
    blank: str


def draw_markup(rng: random.Random) -> Markup:
    """Choose a site's habits, the slovenly `colspan="2;"` among them."""
    wrap = rng.choice(
        (("", ""), ("<p>", "</p>"), ('<p align="center"><span style="font-size:14px">', "</span></p>"))
    )
    line = rng.choice(("<br>", "<br/>", "<br />\n", "</p><p>" if wrap[0] == "<p>" else "<br>"))
    spans = ' {}="{};"' if rng.random() < SLOVENLY_SPANS else rng.choice((' {}="{}"', ' {}="{}"', " {}={}"))
    return Markup(
        td=rng.choice(("td", "td", "td", "TD")),
        spans=spans,
        attributes=rng.choice(
            ("", ' style="border:1px solid #000;width:12%"', ' width="70" valign="top" nowrap=""')
        ),
        wrap=wrap,
        line=line,
        blank=rng.choice(("", "&nbsp;", "<p>&nbsp;</p>", " ")),
    )


def write_td(box: Box, markup: Markup) -> str:
    """Write one cell."""
    spans = "".join(
        markup.spans.format(name, count)
        for name, count in (("rowspan", box.down), ("colspan", box.across))
        if count > 1
    )
    text = html.escape(box.text, quote=False).replace("\xa0", "&nbsp;").replace("\n", markup.line)
    inner = f"{markup.wrap[0]}{text}{markup.wrap[1]}" if text else markup.blank
    return f"<{markup.td}{spans}{markup.attributes}>{inner}</{markup.td}>"


def write_table(rows: Rows, markup: Markup) -> str:
    """Write one table."""
    body = "\n".join(f"<tr>{''.join(write_td(box, markup) for box in row)}</tr>" for row in rows)
    return f'<table border="1" cellspacing="0" class="MsoNormalTable">\n<tbody>\n{body}\n</tbody>\n</table>'


def write_tables(rows: Rows, markup: Markup, rng: random.Random) -> str:
    """Write a table of the form, a long one sometimes in two."""
    if len(rows) < 25 or rng.random() > 0.3:
        return write_table(rows, markup)
    halves = break_rows(rows, rng.randint(7, len(rows) - 4), rng.random() < 0.4)
    return "\n<p>&nbsp;</p>\n".join(write_table(half, markup) for half in halves)


def write_block(block: Block, form: Form, markup: Markup, rng: random.Random) -> str:
    """Write one block of the document."""
    if block.kind == "table":
        return write_tables(form[block.text], markup, rng)
    text = html.escape(block.text, quote=False).replace("\u3000", rng.choice(("\u3000", "&emsp;")))
    if block.kind == "furniture" and "|" in text:
        cells = "".join(f"<td>{part.strip()}</td>" for part in text.split("|"))
        return f'<table class="card" width="100%"><tr>{cells}</tr></table>'
    shapes = {
        "title": "<h1>{}</h1>",
        "heading": "<p><strong>{}</strong></p>",
        "furniture": '<div class="info">{}</div>',
    }
    return shapes.get(block.kind, '<p style="text-indent:2em">{}</p>').format(text)


def write_menu(write: Callable[[str], str], links: int, tabular: bool) -> str:
    """Write a menu of links, as a list or as the layout table of an old site."""
    items = [f'<a href="/zwgk/{write("menu")}">{write("menu")}</a>' for _ in range(links)]
    if tabular:
        return f'<table class="menu"><tr>{"".join(f"<td>{item}</td>" for item in items)}</tr></table>'
    return f'<ul class="nav">{"".join(f"<li>{item}</li>" for item in items)}</ul>'


def repeat_to(write: Callable[[], str], size: int) -> str:
    """Call `write` until its lines reach `size` characters."""
    lines, length = [], 0
    while length < size:
        lines.append(write())
        length += len(lines[-1]) + 1
    return "\n".join(lines)


def lay_page(
    form: Form, blocks: list[Block], write: Callable[[str], str], charset: str, rng: random.Random
) -> str:
    """Print the whole document as a page of a government site."""
    markup, layout_table = draw_markup(rng), rng.random() < 0.5
    body = "\n".join(write_block(block, form, markup, rng) for block in blocks)
    if layout_table:
        menu = write_menu(write, rng.randint(4, 12), tabular=False)
        body = f'<table width="980"><tr><td width="200">{menu}</td><td>\n{body}\n</td></tr></table>'
    noise = max(2_000, rng.randint(*PAGE_SIZE) - len(body))
    style = repeat_to(functools.partial(write, "style"), noise // 3)
    script = repeat_to(functools.partial(write, "script"), noise // 2)
    meta = f'<meta http-equiv="Content-Type" content="text/html; charset={charset}">\n' if charset else ""
    menus = "".join(write_menu(write, rng.randint(6, 30), rng.random() < 0.4) for _ in range(2))
    head = (
        f"<!DOCTYPE html>\n<html>\n<head>\n{meta}<title>{write('menu')}</title>\n<style>\n{style}\n</style>\n"
    )
    head += f"<script>\n{script}\n</script>\n</head>\n"
    page = f"<body>\n<div id=top>{menus}</div>\n<div id=main>\n{body}\n</div>\n"
    return f"{head}{page}<div id=foot>{write('after')}</div>\n</body>\n</html>\n"
