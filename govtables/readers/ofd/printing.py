"""OFD files as PDF files that the reader of PDF takes in.

In: the bytes of an OFD file. Out: those of a PDF, and notes of what is left out. Next: `readers.pdf`.

Characters are boxes, whatever font a file has: their codes are what they mean, and a box shows what covers or
cuts it, on every computer alike.
"""

import base64
import zlib
from collections.abc import Iterator, Sequence
from typing import NamedTuple
from xml.etree.ElementTree import Element

from govtables.language import tell
from govtables.readers.document import Unreadable
from govtables.readers.limits import LIMITS, check_limit
from govtables.readers.ofd.drawing import FULL, Page, draw, numbers
from govtables.readers.office.containers import Container, open_container, read_xml, resolve_name

LAYERS = {"Background": 0, "Body": 1, "Foreground": 2}  # from the bottom
RESOURCES = ("PublicRes", "DocumentRes", "PageRes")
LOCKS = {"encryptions.xml", "decryptseed.dat"}
NOTES = {"Attachments": "readers.ofd_attachments", "Signatures": "readers.ofd_seals"}
POINTS = 72 / 25.4  # a millimetre
MEANINGS = b"""/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /T def /CMapType 2 def
1 begincodespacerange <0000> <FFFF> endcodespacerange
256 beginbfrange %s endbfrange endcmap end end""" % b" ".join(
    b"<%02X00> <%02XFF> <%02X00>" % (high, high, high) for high in range(256)
)
BOX = (  # a TrueType font, deflated, whose glyph 1 is a box of 340 by 700 in a thousand
    b"c-muNWME)mV{l+#Vo*rWsZ85_k$(|T<OdK-WuzviBrJ2D17zm_u~`OCfR%~$1(3Z2h*dIjODb5{7(f6d#+H+xoXEfn=6?Y3a"
    b"}z5H7+4rUDoy~g0t3h{Ab!J_?iSB)^Ob>_`2_<ykOL|yV%h^_F$3KM0YE*>1^+vM<O>ElrZUDNut~^(5iG(4v<)J|gl;U@CO"
    b"IgF7pwzj6Eg#Yv7n-$9AgO6p1&?YDFBoTBd-"
)
FONT = (
    b"<</Type/Font/Subtype/Type0/BaseFont/Box/Encoding/Identity-H/ToUnicode 2 0 R/DescendantFonts[<<"
    b"/Type/Font/Subtype/CIDFontType2/BaseFont/Box/CIDToGIDMap 4 0 R/DW 1000"
    b"/W[32 32 333 33 47 450 48 57 500 58 126 450]"  # `width_of`, in thousandths
    b"/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/FontDescriptor<<"
    b"/Type/FontDescriptor/FontName/Box/Flags 4/FontBBox[0 0 1000 900]/ItalicAngle 0/Ascent 880"
    b"/Descent -120/CapHeight 700/StemV 80/FontFile2 5 0 R>>>>]>>"
)
PAGE = (
    b"<</Type/Page/Parent %d 0 R/MediaBox[0 0 %.4f %.4f]/Contents %d 0 R"
    b"/Resources<</Font<</T 1 0 R>>/ExtGState 3 0 R/XObject<</P 6 0 R>>>>>>"
)
DEFLATED = b"/Filter/FlateDecode"
PICTURE = b"/Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8"


class Part(NamedTuple):
    """A part of the container, and the folder that the names in it are told from."""

    container: Container
    folder: str
    root: Element

    def open(self, name: str | None) -> "Part":
        """Parse another part; names lose their namespaces, and attributes capitals, which programs mix up."""
        name = resolve_name(self.folder, (name or "").strip())
        root = read_xml(self.container, name)
        for element in root.iter():
            element.tag = element.tag.rpartition("}")[2]
            for key in [*element.attrib]:
                element.set(key.rpartition("}")[2].lower(), element.attrib.pop(key))
        return Part(self.container, name.rpartition("/")[0], root)


def print_ofd(data: bytes) -> tuple[bytes, tuple[str, ...]]:
    """Print an OFD file to a PDF; the notes say what of it is left out."""
    container = open_container(data)
    if locked := LOCKS & container.members.keys():
        raise Unreadable(tell("readers.ofd_locked", name=min(locked)))
    first = Part(container, "", Element("none")).open("OFD.xml")
    books = [first.open(place.text) for place in first.root.iter("DocRoot")]
    count = sum(len(book.root.findall("Pages/Page")) for book in books)
    if not 0 < count <= LIMITS.pages:
        raise Unreadable(tell("readers.ofd_pages", count=count, most=LIMITS.pages))
    pages: list[Page] = []
    for page in (page for book in books for page in _pages(book)):
        pages.append(page)
        check_limit(sum(page.size for page in pages), LIMITS.unpacked_megabytes << 20, "readers.ofd_much")
    told = {element.tag for part in (first, *books) for element in part.root.iter()}
    return write_pdf(pages), tuple(tell(note) for tag, note in NOTES.items() if tag in told)


def _pages(book: Part) -> Iterator[Page]:
    """Draw the pages of a document one by one."""
    listed = book.root.iterfind("CommonData/TemplatePage")
    templates = {place.get("id"): (place, book.open(place.get("baseloc"))) for place in listed}
    parts = [book, *(part for _, part in templates.values())]
    shared = {key: one for part in parts for key, one in _resources(part).items()}
    noted = [book.open(place.text) for place in book.root.iterfind("Annotations")]
    for place in book.root.iterfind("Pages/Page"):
        part = book.open(place.get("baseloc"))
        boxes = [*part.root.iter("PhysicalBox"), *book.root.iterfind("CommonData/PageArea/PhysicalBox")]
        sizes = [box for box in (numbers(box.text) for box in boxes) if len(box) == 4 and min(box[2:]) > 0]
        if not sizes:
            raise Unreadable(tell("readers.ofd_size"))
        layers = [(LAYERS.get(layer.get("type", ""), 1), layer) for layer in part.root.iter("Layer")]
        for used in part.root.iterfind("Template"):
            if used.get("templateid") not in templates:
                raise Unreadable(tell("readers.ofd_template"))
            told, template = templates[used.get("templateid")]
            order = LAYERS.get(used.get("zorder", told.get("zorder", "")), 0)
            layers += [(order - (order < 2) / 2, layer) for layer in template.root.iter("Layer")]
        things = [layer for _, layer in sorted(layers, key=lambda one: one[0])]
        for notes in noted:
            for note in notes.root.iterfind(f"Page[@pageid='{place.get('id', '')}']/FileLoc"):
                things += notes.open(note.text).root
        yield draw(Page(sizes[0], shared | _resources(part)), things)


def _resources(part: Part) -> dict[str | None, Element]:
    """What a part refers to, by id."""
    listed = [part.open(place.text) for place in part.root.iter() if place.tag in RESOURCES]
    return {one.get("id"): one for resources in listed for one in resources.root.iterfind(".//*[@id]")}


def write_pdf(pages: Sequence[Page]) -> bytes:
    """Write pages as a PDF file."""
    steps = range(FULL + 1)
    looks = b"".join(b"/F%d<</ca %.3f>>/S%d<</CA %.3f>>" % (n, n / FULL, n, n / FULL) for n in steps)
    packed = zlib.compress(b"\0\1" * 65_536), base64.b85decode(BOX)
    objects = [FONT, _stream(b"", MEANINGS), b"<<%s>>" % looks, *[_stream(DEFLATED, one) for one in packed]]
    objects.append(_stream(PICTURE, b"\0"))
    tree = len(objects) + 2 * len(pages) + 1
    for page in pages:
        x, y, wide, high = [POINTS * side for side in page.box]
        start = f"{POINTS} 0 0 -{POINTS} {-x:.4f} {y + high:.4f} cm\n"
        objects.append(_stream(b"", (start + "\n".join(page.content)).encode()))
        objects.append(PAGE % (tree, wide, high, len(objects)))
    kids = b" ".join(b"%d 0 R" % n for n in range(tree - 2 * len(pages) + 1, tree, 2))
    objects.append(b"<</Type/Pages/Count %d/Kids[%s]>>" % (len(pages), kids))
    objects.append(b"<</Type/Catalog/Pages %d 0 R>>" % tree)
    data, places = bytearray(b"%PDF-1.7\n"), []
    for number, one in enumerate(objects, 1):
        places.append(b"%010d 00000 n \n" % len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    count = len(objects) + 1
    places = b"xref\n0 %d\n0000000000 65535 f \n%s" % (count, b"".join(places))
    root = b"trailer<</Size %d/Root %d 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (count, tree + 1, len(data))
    return bytes(data + places + root)


def _stream(entries: bytes, data: bytes) -> bytes:
    return b"<<%s/Length %d>>\nstream\n%s\nendstream" % (entries, len(data), data)
