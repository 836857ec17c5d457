"""The canvas that a report is printed on, page by page: its furniture and its words.

In: a `Look`, blocks of words. Out: pages of a canvas. Next: `rules`, `tables`.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import TYPE_CHECKING

from relay.pages.fonts import wrap_line
from relay.pages.look import Look
from synthetic import Block

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

BODY = 12.0  # size of prose
INK = (0.1, 0.1, 0.1)


@dataclass(slots=True)
class Press:
    """The canvas, how to print on it, and how far down its page is."""

    canvas: Canvas
    look: Look
    rng: random.Random
    width: float
    height: float
    title: str
    margin: float = 62.0
    down: float = 0.0
    page: int = 0

    def room(self) -> float:
        """Return the height that is left on the page."""
        return self.height - self.margin - self.down


def start_page(press: Press) -> None:
    """Open a page with its running header and number."""
    canvas, look = press.canvas, press.look
    if press.page:
        canvas.showPage()
    press.page += 1
    if look.turned:
        canvas.setPageRotation(90)
        canvas.translate(press.height, 0)
        canvas.rotate(90)
    canvas.setFillColorRGB(*INK)
    canvas.setFont(look.font, 9)
    if look.header:
        canvas.drawString(press.margin, press.height - 40, press.title)
    if look.footer:
        canvas.drawCentredString(press.width / 2, 34, look.footer.format(press.page, 9))
    press.down = press.margin


def write_text(press: Press, x: float, down: float, text: str, size: float, bold: bool = False) -> None:
    """Write one line, twice for a bold one."""
    press.canvas.setFont(press.look.font, size)
    for step in (0, 0.3) if bold else (0,):
        press.canvas.drawString(x + step, press.height - down, text)


def write_paragraph(press: Press, block: Block) -> None:
    """Write a title, a heading or a paragraph."""
    look, title = press.look, block.kind == "title"
    size = 18.0 if title else BODY
    indent = 0.0 if title or block.kind == "heading" else 2 * size
    lines = wrap_line(block.text.strip(), look.font, size, press.width - 2 * press.margin, indent)
    for n, line in enumerate(lines):
        if press.room() < 1.6 * size:
            start_page(press)
        press.down += 1.6 * size
        x = press.margin + (indent if n == 0 else 0)
        if title:
            x = (press.width - press.canvas.stringWidth(line, look.font, size)) / 2
        write_text(press, x, press.down, line, size, look.bold and block.kind in {"title", "heading"})
