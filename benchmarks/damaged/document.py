"""One report with one damage: drawn, damaged, laid out.

In: a seed, a kind, a layout, a generation. Out: `Damaged`, and the same report without the damage. Next:
`judging`.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, replace

from damaged.judging import Seen
from damaged.kinds import FORMATS, KINDS, PIECE, SECOND, Page
from relay import Draft
from synthetic import LAYOUTS, Code, boxes_of, build_form, draw_blocks, make_writer, punctuate, split_labels
from synthetic.layouts import TABLE_TITLES, Layout, number_pages
from synthetic.web import lay_page

ATTEMPTS = 60  # draws until a report is found that can have the damage


@dataclass(frozen=True, slots=True)
class Damaged:
    """One document, the same report without the damage, and what each statutory cell of the first shows."""

    name: str
    data: bytes
    whole: bytes
    cells: dict[Code, Seen]


def make_damaged(seed: int, kind: str, layout: str, generation: str) -> Damaged:
    """Make one report with one damage; the same arguments always give the same document."""
    for attempt in range(ATTEMPTS):
        name = f"{seed}-{attempt}"
        whole, official = draw_page(name, layout, generation)
        page = KINDS[kind].change(whole, random.Random(f"{name}-{kind}"))
        if page is None or page == whole:
            continue
        data, before = lay_out(page, layout, name), lay_out(whole, layout, name)
        if data != before:
            suffix = layout if layout in (*FORMATS, "html") else "txt"
            return Damaged(f"{kind}-{layout}-{seed}.{suffix}", data, before, look(page, official))
    raise ValueError(
        f"{kind}: no report of {layout} in {ATTEMPTS} can have it; draw more, or name its layouts"
    )


def draw_page(name: str, layout: str, generation: str) -> tuple[Page, dict[Code, float]]:
    """Draw a report without damage, and its figures."""
    rng = random.Random(name)
    form = build_form(rng, generation, generation)
    official = {box.code: float(box.value) for box in boxes_of(form) if box.role == "value"}
    blocks = draw_blocks(form, make_writer(rng, generation), False, rng)
    form, blocks = punctuate(form, blocks, wide=rng.random() < 0.4)
    form = split_labels(form, rng) if layout in ("html", "L5") and rng.random() < 0.3 else form
    return Page(form, blocks, generation), official


def look(page: Page, official: dict[Code, float]) -> dict[Code, Seen]:
    """Say of each cell what stands in its place, and what is to be said beyond that."""
    printed = {block.text for block in page.blocks if block.kind == "table"}
    form = {name: rows for name, rows in page.form.items() if name in printed and SECOND not in name}
    texts = {box.code: box.text for box in boxes_of(form) if box.role == "value" and not box.gone}
    texts = dict.fromkeys(page.moved, "") | texts
    return {
        code: Seen(figure, texts.get(code), code in page.sure, code in page.contended, page.unclear)
        for code, figure in official.items()
    }


# ----------------------------------------------------------------------------------------
# Laying out


def lay_out(page: Page, layout: str, name: str) -> bytes:
    """Print the whole document."""
    rng = random.Random(f"{name}-{layout}")
    if layout in FORMATS:
        return lay_file(page, layout, rng)
    if layout != "html":
        text = lay_text(page, rng.choice(LAYOUTS[layout]), rng)
    else:
        text = lay_page(page.form, page.blocks, make_writer(rng, page.generation), "utf-8", rng)
    for character, markup in page.marks:
        text = text.replace(character, markup)
    return (page.text(text) if page.text else text).encode()


def lay_text(page: Page, base: Layout, rng: random.Random) -> str:
    """Print a document in a text layout, with what is done to the lines of its tables."""
    lines: list[str] = []
    for block in page.blocks:
        mark = "# " if base.markdown and block.kind in ("title", "heading") else base.indent
        if block.kind == "table":
            lines += [*lay_lines(page, block.text, base, rng), *([""] if base.gap else [])]
        else:
            lines += [f"{mark}{block.text}", *([""] if base.gap else [])]
    return "\n".join(base.finish(lines, rng))


def lay_lines(page: Page, name: str, base: Layout, rng: random.Random) -> list[str]:
    """Print one table."""
    table = name.rstrip(PIECE + SECOND)
    lines = base.tables[list(TABLE_TITLES).index(table)](page.form[name], rng)
    lines = number_pages(lines, rng) if base.paged else lines
    lines = page.lines(lines) if page.lines else lines
    return [f"## {TABLE_TITLES[table]}", *lines] if base.markdown else lines


def lay_file(page: Page, layout: str, rng: random.Random) -> bytes:
    """Print a workbook, a word processor's document or a PDF, as the relay makes them."""
    if layout == "xlsx":
        from relay import sheets

        habits = replace(sheets.draw_habits(rng), draft=False, spare=False)
        return sheets.write_xlsx(sheets.lay_pages(draft(page), habits, rng), habits, rng)
    if layout == "docx":
        from relay import words

        return words.write_words(draft(page), words.draw_habits(rng), rng)
    from relay import pages

    return pages.print_report(page.form, page.blocks, pages.draw_look(rng, False), rng)


def draft(page: Page) -> Draft:
    """Hand a page to the relay."""
    return Draft(page.form, page.blocks, {}, {}, ())
