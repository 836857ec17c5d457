"""OFD files of one page, written from the few elements that a test is about.

A place is in millimetres from the top left. `TABLE` is a row of three cells: a label, an open cell, a 5.
"""

import io
from zipfile import ZipFile

from govtables.language import read_number
from govtables.readers.document import Grid
from govtables.readers.ofd import print_ofd
from govtables.readers.pdf import read_pdf

SPACE = 'xmlns:ofd="http://www.ofdspec.org/2016"'
PAGE = "Doc_0/Pages/Page_0/Content.xml"


def text(x, y, words, attributes="", inside="", deltas=None, size=4.0):
    """A text whose base line begins at a place, its characters half as wide as high where they are digits."""
    steps = " ".join(str(size if word > "~" else size / 2) for word in words[:-1])
    deltas = f'DeltaX="{steps}"' if deltas is None else deltas
    wide = size * (len(words) + 1)
    box = f"{x} {y - size} {wide} {1.25 * size}"
    code = f'<ofd:TextCode X="0" Y="{size}" {deltas}>{words}</ofd:TextCode>'
    return f'<ofd:TextObject ID="9" Boundary="{box}" Font="1" Size="{size}" {attributes}>{inside}{code}</ofd:TextObject>'


def path(data, attributes="", inside=""):
    return f'<ofd:PathObject ID="9" Boundary="0 0 210 297" {attributes}>{inside}<ofd:AbbreviatedData>{data}</ofd:AbbreviatedData></ofd:PathObject>'


def box(x, y, wide, high, colour="255 255 255", attributes=""):
    data = f"M {x} {y} L {x + wide} {y} L {x + wide} {y + high} L {x} {y + high} C"
    return path(data, f'Fill="true" Stroke="false" {attributes}', f'<ofd:FillColor Value="{colour}"/>')


RULES = "".join(path(f"M 20 {y} L 110 {y}") for y in (40, 52)) + "".join(path(f"M {x} 40 L {x} 52") for x in (20, 50, 80, 110))
TABLE = RULES + text(26, 48, "规章") + text(90, 48, "5")


def layer(content, kind="Body", attributes=""):
    return f'<ofd:Layer ID="2" Type="{kind}" {attributes}>{content}</ofd:Layer>'


def page(*layers, before=""):
    area = "<ofd:Area><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:Area>"
    return f"<ofd:Page {SPACE}>{before}{area}<ofd:Content>{''.join(layers)}</ofd:Content></ofd:Page>"


def make(content="", parts=(), common="", after="", body="", resources="", whole=None, files=()):
    """A file with one page: what stands in it above the table, more parts, entries of its lists; `files` take their place."""
    usual = {
        "OFD.xml": f"<ofd:OFD {SPACE}><ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot>{body}</ofd:DocBody></ofd:OFD>",
        "Doc_0/Document.xml": f"<ofd:Document {SPACE}><ofd:CommonData><ofd:PublicRes>PublicRes.xml</ofd:PublicRes>{common}"
        f'</ofd:CommonData><ofd:Pages><ofd:Page ID="7" BaseLoc="Pages/Page_0/Content.xml"/></ofd:Pages>{after}</ofd:Document>',
        "Doc_0/PublicRes.xml": f'<ofd:Res {SPACE} BaseLoc="Res">{resources}</ofd:Res>',
        PAGE: whole or page(layer(TABLE + content)),
    }
    file = io.BytesIO()
    with ZipFile(file, "w") as archive:
        for name, data in {**usual, **dict(parts), **dict(files)}.items():
            archive.writestr(name, data)
    return file.getvalue()


def told(data):
    """What `read_number` makes of the numbers of the only table: values, or why there is none; and the notes."""
    printed, notes = print_ofd(data)
    blocks, more = read_pdf(printed)
    [grid] = [block for block in blocks if isinstance(block, Grid)]
    readings = [read_number(cell.text) for row in grid.rows for cell in row if cell]
    values = [reading.value if reading.status == "reported" else reading.status for reading in readings if reading]
    return values, "; ".join((*notes, *more))
