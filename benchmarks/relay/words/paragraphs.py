"""Paragraphs of WordprocessingML, and the runs in them.

In: texts. Out: markup. Next: `container`, `tables`, `report`.
"""

from __future__ import annotations

import random
from xml.sax.saxutils import escape

SHAPE = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
MARKUP = "http://schemas.openxmlformats.org/markup-compatibility/2006"


def write_run(text: str, properties: str = "") -> str:
    """Write one run; line breaks inside it are breaks."""
    parts = [f'<w:t xml:space="preserve">{escape(part)}</w:t>' for part in text.split("\n")]
    return f"<w:r>{properties}{'<w:br/>'.join(parts)}</w:r>"


def write_paragraph(text: str, properties: str = "", runs: str = "") -> str:
    """Write one paragraph."""
    return f"<w:p><w:pPr>{properties}</w:pPr>{runs or (write_run(text) if text else '')}</w:p>"


def write_numbered(text: str, number: int) -> str:
    """Write a paragraph that Word numbers, as an item of a list."""
    return write_paragraph(text, f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{number}"/></w:numPr>')


def write_box(text: str) -> str:
    """Write a title as a text box, once for new versions of Word and once for old ones."""
    content = f"<w:txbxContent>{write_paragraph(text)}</w:txbxContent>"
    new = f'<wps:txbx xmlns:wps="{SHAPE}">{content}</wps:txbx>'
    old = f'<v:shape xmlns:v="urn:schemas-microsoft-com:vml"><v:textbox>{content}</v:textbox></v:shape>'
    choice = f'<mc:Choice Requires="wps"><w:drawing>{new}</w:drawing></mc:Choice>'
    choice += f"<mc:Fallback><w:pict>{old}</w:pict></mc:Fallback>"
    inside = f'<mc:AlternateContent xmlns:mc="{MARKUP}">{choice}</mc:AlternateContent>'
    return f"<w:p><w:r>{inside}</w:r></w:p>"


def write_change(text: str, rng: random.Random) -> str:
    """Write a number that stands in place of another one, which is still in the file."""
    gone = f'<w:del w:id="1"><w:r><w:delText>{rng.randrange(100)}</w:delText></w:r></w:del>'
    cut = rng.randrange(len(text))
    return f'{write_run(text[:cut]) if cut else ""}{gone}<w:ins w:id="2">{write_run(text[cut:])}</w:ins>'
