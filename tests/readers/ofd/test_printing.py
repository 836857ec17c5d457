"""A page of an OFD file as a PDF, and the files that are refused."""

import base64
import io
import zlib

import pytest
from fontTools.ttLib import TTFont

from govtables.language import read_number
from govtables.readers import LIMITS, Unreadable, open_document
from govtables.readers.document import Grid
from govtables.readers.ofd import print_ofd
from govtables.readers.ofd.drawing import Page, numbers, width_of
from govtables.readers.ofd.printing import BOX, write_pdf
from relay.pages import make_pages
from tests.readers.ofd.writing import PAGE, SPACE, TABLE, layer, make, page, text


def test_the_font_is_one_box():
    font = TTFont(io.BytesIO(zlib.decompress(base64.b85decode(BOX))))
    glyph = font["glyf"]["glyph00001"]
    assert list(glyph.coordinates) == [(30, 0), (30, 700), (370, 700), (370, 0)]
    assert font["head"].unitsPerEm == 1000 and font["maxp"].numGlyphs == 2


def test_widths_are_those_of_the_font():
    file = write_pdf([Page((0.0, 0.0, 100.0, 100.0), {})])
    said = [int(one) for one in file.partition(b"/W[")[2].partition(b"]")[0].split()]
    for first, last, wide in zip(*[iter(said)] * 3, strict=True):
        assert {round(1000 * width_of(chr(code))) for code in range(first, last + 1)} == {wide}
    assert width_of("政") == 1.0


def test_numbers_stay_on_a_page():
    assert numbers("0 -1.5 .5 1e999 x") == [0.0, -1.5, 0.5, 1e6] and numbers(None) == []


def test_the_table_of_a_page_is_read_in_its_place():
    document = open_document(make(text(60, 48, "767")), "report.ofd")
    assert document.media_type == "application/ofd"
    [grid] = [block for block in document.blocks if isinstance(block, Grid)]
    assert [cell.text for row in grid.rows for cell in row] == ["规章", "767", "5"]
    assert grid.rows[0][1].place == "P1:T1:R1:C2"


@pytest.mark.parametrize("seed", range(4))
def test_printed_reports_are_read_as_they_were_made(seed):
    """Each has other habits: an object a character, a matrix, a set of looks, a template under the page."""
    made = make_pages(seed, ("2019", "2021")[seed % 2], False, "ofd")
    blocks = open_document(made.data, made.name).blocks
    texts = [cell.text for block in blocks if isinstance(block, Grid) for row in block.rows for cell in row if cell]
    values = sorted(reading.value for one in texts if (reading := read_number(one)) and reading.status == "reported")
    assert values == sorted(cell.value for cell in made.truth.values() if cell.kind == "number")


REFUSED = {
    "encrypted": (make(parts={"Encryptions.xml": "x"}), "encrypted .it holds encryptions.xml."),
    "without a size": (make(whole="<x/>"), "without a size"),
    "a document type": (make(whole='<!DOCTYPE a [<!ENTITY b "c">]><x/>'), "document type"),
    "a template that is missing": (make(whole=page(layer(TABLE), before='<ofd:Template TemplateID="5"/>')), "template"),
    "a page that is missing": (make().replace(PAGE.encode(), PAGE.replace("Page_0", "Page_1").encode()), "missing"),
    "no page": (make(files={"Doc_0/Document.xml": f"<ofd:Document {SPACE}/>"}), "0 pages"),
    "letters without texts": (
        make(whole=page(layer(text(20, 48, "\ue000" * 9) + text(20, 60, "\ue001" * 9)))), "without a text; save it as PDF"
    ),
    "a picture": (make(whole=page(layer('<ofd:ImageObject ID="8" Boundary="0 0 210 297" ResourceID="1"/>'))), "are pictures"),
    "nothing": (make(whole=page(layer(""))), "show nothing"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_refused_says_why(name):
    data, why = REFUSED[name]
    with pytest.raises(Unreadable, match=why):
        open_document(data, "report.ofd")


def test_a_page_named_too_often_is_refused_before_it_is_drawn():
    entries = '<ofd:Page ID="7" BaseLoc="Pages/Page_0/Content.xml"/>' * (LIMITS.pages + 1)
    crowded = f"<ofd:Document {SPACE}><ofd:Pages>{entries}</ofd:Pages></ofd:Document>"
    with pytest.raises(Unreadable, match="401 pages"):
        print_ofd(make(files={"Doc_0/Document.xml": crowded}))


def test_what_is_not_read_is_noted():
    data = make(text(60, 48, "9"), body="<ofd:Signatures>S.xml</ofd:Signatures>", after="<ofd:Attachments>A.xml</ofd:Attachments>")
    assert print_ofd(data)[1] == ("files attached to the OFD file are not read", "seals are not read")
