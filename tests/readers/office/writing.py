"""Word documents, workbooks and compound files, written from the few lines that a test is about.

`show` writes what was read as lines: prose as it is, rows between bars, `·` where a merged cell covers a
place, `⏎` for a line break in a cell.
"""

import io
import struct
import zipfile

import xlsxwriter

from govtables.readers.document import Cell, Grid
from govtables.readers.limits import LIMITS

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"

CELLS = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"

PACKAGE = "http://schemas.openxmlformats.org/package/2006"

SPACES = f'xmlns:w="{WORD}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:v="urn:schemas-microsoft-com:vml" '

SPACES += f'xmlns:m="{OFFICE}/math" xmlns:r="{OFFICE}/relationships" '

SPACES += 'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'


def pack(parts: dict[str, str | bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return file.getvalue()


def office(main: str, parts: dict[str, str | bytes], kinds: dict[str, str]) -> bytes:
    """A container of Office: its main part, and by their ids the kinds of the parts that this refers to."""
    folder, _, name = main.rpartition("/")
    links = "".join(
        f'<Relationship Id="{part}" Type="{OFFICE}/relationships/{kind}" Target="{part}.xml"/>'
        for part, kind in kinds.items()
    )
    start = f'<Relationship Id="r" Type="{OFFICE}/relationships/officeDocument" Target="{main}"/>'
    around = {"[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"/>'}
    around |= {"_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships">{start}</Relationships>'}
    around |= {
        f"{folder}/_rels/{name}.rels": f'<Relationships xmlns="{PACKAGE}/relationships">{links}</Relationships>'
    }
    return pack(around | parts)


def docx(body: str, **parts: str) -> bytes:
    """A Word document; further parts are named for their kind: `numbering`, `styles`, `header`, `footnotes`."""
    roots = {
        "numbering": "numbering",
        "styles": "styles",
        "header": "hdr",
        "footer": "ftr",
        "footnotes": "footnotes",
    }
    written = {
        f"word/{kind}.xml": f"<w:{roots[kind]} {SPACES}>{xml}</w:{roots[kind]}>"
        for kind, xml in parts.items()
    }
    document = {"word/document.xml": f"<w:document {SPACES}><w:body>{body}</w:body></w:document>"}
    return office("word/document.xml", document | written, {kind: kind for kind in parts})


def p(*runs: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr>{''.join(run if run.startswith('<') else r(run) for run in runs)}</w:p>"


def r(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def tc(content: str = "", properties: str = "") -> str:
    inner = (
        content
        if content.startswith(("<w:p>", "<w:tbl>", "<w:sdt>"))
        else p(content)
        if content
        else "<w:p/>"
    )
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inner}</w:tc>"


def tr(*cells: str, properties: str = "") -> str:
    written = [cell if cell.startswith(("<w:tc>", "<w:sdt>", "<w:ins>")) else tc(cell) for cell in cells]
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(written)}</w:tr>"


def tbl(*rows: str) -> str:
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{''.join(rows)}</w:tbl>"


def sdt(content: str, properties: str = "") -> str:
    return f"<w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>"


SPAN = '<w:gridSpan w:val="{}"/>'.format

BEGIN, GO_ON = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"

DELETED = "<w:rPr><w:del w:id='1'/></w:rPr>"

BOX = f"<w:txbxContent>{p('标题')}</w:txbxContent>"


def show(blocks: tuple[Cell | Grid, ...]) -> list[str]:
    lines = []
    for block in blocks:
        rows = [[block]] if isinstance(block, Cell) else block.rows
        texts = [["·" if cell is None else cell.text.replace("\n", "⏎") for cell in row] for row in rows]
        lines += [f"| {' | '.join(row)} |" if isinstance(block, Grid) else row[0] for row in texts]
    return lines


def unpack(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def xlsx(
    *sheets: str, strings: str = "", styles: str = "", book: str = "", states: tuple[str, ...] = ()
) -> bytes:
    """A workbook; each sheet is given as what stands inside `worksheet`."""
    entries = "".join(
        f'<sheet name="Sheet{n}" state="{(*states, *["visible"] * n)[n - 1]}" r:id="sheet{n}"/>'
        for n in range(1, len(sheets) + 1)
    )
    main = f'<workbook xmlns="{CELLS}" xmlns:r="{OFFICE}/relationships">{book}<sheets>{entries}</sheets></workbook>'
    parts = {
        "xl/workbook.xml": main,
        "xl/strings.xml": f'<sst xmlns="{CELLS}">{strings}</sst>',
        "xl/styles.xml": f'<styleSheet xmlns="{CELLS}">{styles}</styleSheet>',
    }
    parts |= {
        f"xl/sheet{n}.xml": f'<worksheet xmlns="{CELLS}">{sheet}</worksheet>'
        for n, sheet in enumerate(sheets, 1)
    }
    kinds = {"strings": "sharedStrings", "styles": "styles"} | {
        f"sheet{n}": "worksheet" for n in range(1, len(sheets) + 1)
    }
    return office("xl/workbook.xml", parts, kinds)


def c(place: str, value: object = "", *, kind: str = "", style: int = 0, formula: str = "") -> str:
    """A cell; a text stands in the cell itself."""
    if isinstance(value, str) and not kind:
        return f'<c r="{place}" t="inlineStr"><is><t>{value}</t></is></c>'
    return f'<c r="{place}" t="{kind or "n"}" s="{style}">{formula}<v>{value}</v></c>'


def data(*rows: str) -> str:
    return f"<sheetData>{''.join(rows)}</sheetData>"


def row(*cells: str, number: int = 1, more: str = "") -> str:
    return f'<row r="{number}"{more}>{"".join(cells)}</row>'


def merged(*ranges: str) -> str:
    return (
        f"<mergeCells>{''.join(f'<mergeCell ref={chr(34)}{one}{chr(34)}/>' for one in ranges)}</mergeCells>"
    )


STYLES = '<numFmts><numFmt numFmtId="164" formatCode="yyyy&quot;年&quot;m&quot;月&quot;"/><numFmt numFmtId="165" formatCode="0.0,"/></numFmts>'

STYLES += (
    "<cellXfs>" + "".join(f'<xf numFmtId="{number}"/>' for number in (0, 14, 164, 9, 165, 4)) + "</cellXfs>"
)


def with_part(
    name: str, content: str | bytes, base: bytes | None = None, method: int = zipfile.ZIP_DEFLATED
) -> bytes:
    return pack(unpack(base or docx(p("一"))) | {name: content}, method)


LAUGHS = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'

START = f'<Relationship Id="{{1}}" Type="{OFFICE}/relationships/officeDocument" Target="{{0}}" TargetMode="{{1}}"/>'

MANY = LIMITS.rows + 1


def compound(*names: str, inner: tuple[str, ...] = ()) -> bytes:
    """A compound file of empty streams, some of them in a storage of their own; its second sector is the table, then the directory."""
    entries = [("Root Entry", 5, 1)] + [(name, 2, 0xFFFFFFFF) for name in names]
    if inner:
        entries += [("ObjectPool", 1, len(entries) + 1), *((name, 2, 0xFFFFFFFF) for name in inner)]
    top = range(1, len(names) + 1 + bool(inner))
    written = b""
    for n, (name, kind, child) in enumerate(entries):
        right = n + 1 if n in top and n + 1 in top else 0xFFFFFFFF
        encoded = name.encode("utf-16-le")
        written += (
            encoded.ljust(64, b"\0")
            + struct.pack("<HBBIII", len(encoded) + 2, kind, 1, 0xFFFFFFFF, right, child)
            + b"\0" * 48
        )
    sectors = -(-len(written) // 512)
    table = struct.pack("<128I", 0xFFFFFFFD, *range(2, sectors + 1), *[0xFFFFFFFE] * (128 - sectors))
    head = (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
        + b"\0" * 16
        + struct.pack("<5H", 0x3E, 3, 0xFFFE, 9, 6)
        + b"\0" * 10
    )
    head += struct.pack("<7I", 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE) + struct.pack(
        "<110I", 0, 0, *[0xFFFFFFFF] * 108
    )
    return head[:512] + table + written.ljust(sectors * 512, b"\0")


def book() -> bytes:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as written:
        sheet = written.add_worksheet()
        sheet.merge_range("A1:A2", "规章")
        sheet.merge_range("B1:C1", 12)
        sheet.write("D1", 44564, written.add_format({"num_format": "yyyy-mm-dd"}))
        sheet.write("B2", 0.5, written.add_format({"num_format": "0%"}))
        sheet.write_rich_string("C2", "12", written.add_format({"font_script": 1}), "1")
        sheet.write_row("A3", ["隐", 9])
        sheet.set_row(2, None, None, {"hidden": True})
    return file.getvalue()
