"""Pages as a PDF file that the reader of PDF takes in.

In: `Page`s. Out: the bytes of a PDF. Next: `print_ofd`.

Characters are boxes, whatever font a file has: their codes are what they mean, and a box shows what covers or
cuts it, on every computer alike.
"""

import base64
import zlib
from collections.abc import Sequence

from govtables.readers.ofd.drawing import FULL, Page

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
