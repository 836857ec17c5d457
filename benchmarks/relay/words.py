"""Synthetic annual reports as Word documents, whose every cell is known.

In: a seed, a generation of the form, and whether to damage it. Out: a `Sample` with the bytes of a DOCX file.
Next: `score`. Paragraphs and tables are written as WordprocessingML, in the ways that offices write them.
"""

from __future__ import annotations

import io
import random
import re
import zipfile
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from relay import Draft, draft_report, place_boxes, table_pieces
from synthetic import Block, Box, Rows, Sample

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
PARTS = ("numbering", "styles", "footer")
TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
TYPES = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
TYPES += '<Default Extension="xml" ContentType="application/xml"/>'
TYPES += '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
TYPES += f'<Override PartName="/word/document.xml" ContentType="{TYPE}.document.main+xml"/>'
TYPES += (
    "".join(f'<Override PartName="/word/{part}.xml" ContentType="{TYPE}.{part}+xml"/>' for part in PARTS)
    + "</Types>"
)
HEADING = '<w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/><w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style>'
STYLE = '<w:style w:type="paragraph" w:styleId="S{0}"><w:name w:val="style {0}"/><w:basedOn w:val="Heading1"/><w:qFormat/>'
STYLE += '<w:pPr><w:spacing w:after="0"/></w:pPr><w:rPr><w:b/><w:sz w:val="21"/></w:rPr></w:style>'
STYLES = 200
CHAPTER = re.compile("^[\u3000 ]*[一二三四五六]、(?=.)")
WIDTH = 9000  # of a table, in twentieths of a point
ITEM = re.compile(r"^(\d)\.")
NUMBERING = """<w:abstractNum w:abstractNumId="90"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/>
<w:suff w:val="nothing"/><w:lvlText w:val="%1、"/></w:lvl></w:abstractNum>
<w:abstractNum w:abstractNumId="91"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>
</w:abstractNum><w:num w:numId="90"><w:abstractNumId w:val="90"/></w:num>"""
RESTARTED = '<w:num w:numId="{}"><w:abstractNumId w:val="91"/>'
RESTARTED += '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'


@dataclass(frozen=True, slots=True)
class Habits:
    """How one office writes its documents."""

    headings: str  # plain, style, list (numbered automatically)
    lines: str  # break or paragraph, inside a cell
    blank: str  # what an empty cell holds
    torn: bool  # runs cut anywhere, as editing leaves them
    tracked: bool  # some numbers changed with changes tracked
    items: bool  # item labels numbered automatically
    controls: bool  # some cells in content controls
    fine: int  # grid columns a printed column takes
    ragged: bool  # numbers stand a little beside their headers, as programs leave it that turn PDF into Word
    legacy: bool  # spans written with hMerge
    framed: bool  # the whole document in a table of one cell
    boxed: bool  # the title in a text box


def draw_habits(rng: random.Random) -> Habits:
    """Choose an office's habits; most are plain."""
    ragged = rng.random() < 0.1
    return Habits(
        headings=rng.choice(("plain", "plain", "style", "list")),
        lines=rng.choice(("break", "paragraph")),
        blank=rng.choice(("", "", " ", "\u3000")),
        torn=rng.random() < 0.3,
        tracked=rng.random() < 0.15,
        items=rng.random() < 0.15,
        controls=rng.random() < 0.1,
        fine=10 if ragged else rng.choice((1, 1, 2, 3)),
        ragged=ragged,
        legacy=rng.random() < 0.1,
        framed=rng.random() < 0.1,
        boxed=rng.random() < 0.15,
    )


def make_words(seed: int, generation: str, noise: bool) -> Sample:
    """Make one report as DOCX; the same arguments always give the same document."""
    rng = random.Random(seed)
    draft = draft_report(seed, generation, noise, rng)
    data = write_words(draft, draw_habits(rng), rng)
    return Sample(f"words-{seed}.docx", data, "docx", generation, draft.noises, draft.truth, draft.labels)


def write_words(draft: Draft, habits: Habits, rng: random.Random) -> bytes:
    """Write a draft as DOCX."""
    body = "".join(write_block(block, draft, habits, rng) for block in draft.blocks)
    return pack(f"<w:tbl><w:tr><w:tc>{body}<w:p/></w:tc></w:tr></w:tbl>" if habits.framed else body)


def pack(body: str) -> bytes:
    """Put paragraphs and tables into a container, with as many styles as Word writes and a page number in the footer."""
    last = '<w:sectPr><w:footerReference w:type="default" r:id="footer"/></w:sectPr>'
    parts = {
        "[Content_Types].xml": TYPES, "_rels/.rels": relations("", "officeDocument"),
        "word/_rels/document.xml.rels": relations("word/", *PARTS),
        "word/document.xml": wrap("document", f"<w:body>{body}{last}</w:body>"),
        "word/numbering.xml": wrap("numbering", NUMBERING + "".join(map(RESTARTED.format, range(100, 160)))),
        "word/styles.xml": wrap("styles", HEADING + "".join(map(STYLE.format, range(STYLES)))),
        "word/footer.xml": wrap("ftr", write_paragraph("— 1 —")),
    }
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(
                zipfile.ZipInfo(name), f'<?xml version="1.0" encoding="UTF-8"?>\n{text}', zipfile.ZIP_DEFLATED
            )
    return file.getvalue()


def wrap(name: str, content: str) -> str:
    """Wrap a part into its root."""
    return f'<w:{name} xmlns:w="{WORD}" xmlns:r="{OFFICE}/relationships">{content}</w:{name}>'


def relations(folder: str, *kinds: str) -> str:
    """Say which parts there are; the first part of all is the document."""
    target = {"officeDocument": "word/document.xml"} | {kind: f"{kind}.xml" for kind in PARTS}
    links = (
        f'<Relationship Id="{kind}" Type="{OFFICE}/relationships/{kind}" Target="{target[kind]}"/>'
        for kind in kinds
    )
    return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{"".join(links)}</Relationships>'


# ----------------------------------------------------------------------------------------
# Paragraphs


def write_block(block: Block, draft: Draft, habits: Habits, rng: random.Random) -> str:
    """Write one block of the document."""
    if block.kind == "table":
        pieces = table_pieces(draft.form[block.text], rng)
        return write_paragraph("").join(
            write_table(piece, habits, rng) for piece in pieces
        ) + write_paragraph("")
    if block.kind == "title" and habits.boxed:
        return write_box(block.text)
    if block.kind == "heading" and habits.headings == "list" and CHAPTER.match(block.text):
        return write_paragraph(
            CHAPTER.sub("", block.text), '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="90"/></w:numPr>'
        )
    style = '<w:pStyle w:val="Heading1"/>' if block.kind == "heading" and habits.headings == "style" else ""
    return write_paragraph(block.text, style)


def write_run(text: str, properties: str = "") -> str:
    """Write one run; line breaks inside it are breaks."""
    parts = [f'<w:t xml:space="preserve">{escape(part)}</w:t>' for part in text.split("\n")]
    return f"<w:r>{properties}{'<w:br/>'.join(parts)}</w:r>"


def write_paragraph(text: str, properties: str = "", runs: str = "") -> str:
    """Write one paragraph."""
    return f"<w:p><w:pPr>{properties}</w:pPr>{runs or (write_run(text) if text else '')}</w:p>"


def write_box(text: str) -> str:
    """Write a title as a text box, once for new versions of Word and once for old ones."""
    content = f"<w:txbxContent>{write_paragraph(text)}</w:txbxContent>"
    new = f'<wps:txbx xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape">{content}</wps:txbx>'
    old = f'<v:shape xmlns:v="urn:schemas-microsoft-com:vml"><v:textbox>{content}</v:textbox></v:shape>'
    markup = "http://schemas.openxmlformats.org/markup-compatibility/2006"
    choice = f'<mc:Choice Requires="wps"><w:drawing>{new}</w:drawing></mc:Choice><mc:Fallback><w:pict>{old}</w:pict></mc:Fallback>'
    return f'<w:p><w:r><mc:AlternateContent xmlns:mc="{markup}">{choice}</mc:AlternateContent></w:r></w:p>'


# ----------------------------------------------------------------------------------------
# Tables


def write_table(rows: Rows, habits: Habits, rng: random.Random) -> str:
    """Write one table; `rng` gives each group of numbered items a list of its own."""
    lists = iter(range(100 + rng.randint(0, 20), 160))
    number, lines, placed = next(lists), [], place_boxes(rows)
    width = max(column + box.across for line in placed for column, box, _ in line) * habits.fine
    grid = f"<w:tblGrid>{f'<w:gridCol w:w={quoteattr(str(WIDTH // width))}/>' * width}</w:tblGrid>"
    for line in placed:
        cells = []
        shift = (
            rng.randint(0, 4) if habits.ragged and sum(box.role == "value" for _, box, _ in line) > 1 else 0
        )
        for at, (_, box, goes_on) in enumerate(line):
            if ITEM.match(box.text) and box.text.startswith("1"):
                number = next(lists)
            more = shift * ((box.role == "row") - (at == len(line) - 1))
            cells.append(
                write_cell(box, goes_on, box.across * habits.fine + more, number, WIDTH // width, habits, rng)
            )
        lines.append(f"<w:tr>{indent(line, habits)}{''.join(cells)}</w:tr>")
    return f"<w:tbl><w:tblPr/>{grid}{''.join(lines)}</w:tbl>"


def indent(line: list[tuple[int, Box, bool]], habits: Habits) -> str:
    """Columns that a row leaves out before its first cell."""
    before = line[0][0] * habits.fine if line else 0
    return f'<w:trPr><w:gridBefore w:val="{before}"/></w:trPr>' if before else ""


def write_cell(
    box: Box, goes_on: bool, span: int, number: int, width: int, habits: Habits, rng: random.Random
) -> str:
    """Write one cell over `span` grid columns of a width; `number` is the list that numbers the items of its group."""
    content = "<w:p/>" if goes_on else write_content(box, number, habits, rng)
    down = "" if box.down == 1 else "<w:vMerge/>" if goes_on else '<w:vMerge w:val="restart"/>'
    if habits.legacy and box.across > 1 and not habits.ragged:
        first = write_frame(habits.fine, width, f'<w:hMerge w:val="restart"/>{down}', content)
        return first + write_frame(habits.fine, width, f"<w:hMerge/>{down}", "<w:p/>") * (box.across - 1)
    cell = write_frame(span, width, down, content)
    return (
        f"<w:sdt><w:sdtContent>{cell}</w:sdtContent></w:sdt>"
        if habits.controls and rng.random() < 0.2
        else cell
    )


def write_frame(span: int, width: int, merge: str, content: str) -> str:
    """Write a cell around its paragraphs."""
    spans = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    return f'<w:tc><w:tcPr><w:tcW w:w="{span * width}" w:type="dxa"/>{spans}{merge}</w:tcPr>{content}</w:tc>'


def write_content(box: Box, number: int, habits: Habits, rng: random.Random) -> str:
    """Write the paragraphs of a cell."""
    if habits.items and box.role == "row" and ITEM.match(box.text):
        return write_paragraph(
            ITEM.sub("", box.text), f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{number}"/></w:numPr>'
        )
    if habits.tracked and box.role == "value" and box.text.isdigit() and rng.random() < 0.3:
        return write_paragraph("", runs=write_change(box.text, rng))
    if habits.torn and len(box.text) > 1:
        cut = rng.randrange(1, len(box.text))
        return write_paragraph(
            "",
            runs=write_run(box.text[:cut])
            + "<w:proofErr/>"
            + write_run(box.text[cut:], "<w:rPr><w:b/></w:rPr>"),
        )
    texts = box.text.split("\n") if habits.lines == "paragraph" else [box.text]
    return "".join(write_paragraph(text or habits.blank) for text in texts)


def write_change(text: str, rng: random.Random) -> str:
    """Write a number that stands in place of another one, which is still in the file."""
    gone = f'<w:del w:id="1"><w:r><w:delText>{rng.randrange(100)}</w:delText></w:r></w:del>'
    cut = rng.randrange(len(text))
    return f'{write_run(text[:cut]) if cut else ""}{gone}<w:ins w:id="2">{write_run(text[cut:])}</w:ins>'


# ----------------------------------------------------------------------------------------
# A plain reader


def read_with_python_docx(data: bytes) -> list[list[str]]:
    """Rows of all tables as python-docx gives them."""
    from docx import Document

    return [
        [cell.text for cell in row.cells] for table in Document(io.BytesIO(data)).tables for row in table.rows
    ]
