"""Synthetic annual reports as PDF, whose every cell is known.

In: a seed and a generation of the form. Out: a `Sample`, its bytes printed through reportlab with ruled
tables that pages break. Next: `score` lets the package read them. The geometry is made here, not by the
reader: rows get heights, cells spans, and rules are drawn between cells that differ.
"""

from relay.pages.beside import count_pages, read_with_pdfplumber
from relay.pages.fonts import load_font, make_truetype
from relay.pages.look import Look, draw_look
from relay.pages.report import make_pages, print_report
