"""Attacks by what is drawn: forms in forms, patterns, masks, and strokes without end.

In: nothing. Out: `DRAWINGS`, the bytes of a file by the name of the attack. Next: `pdf.py`.
"""

from collections.abc import Callable

from pdf_files.objects import HELVETICA, TABLE, page_file, stream, table_page

FORM = b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources <</XObject <</F %d 0 R>>>>"
DRAWN = b"/XObject <</F 10 0 R>>"
GROUP = (
    b"/Type /XObject /Subtype /Form /BBox [0 0 595 842] /Group <</S /Transparency /CS /DeviceRGB>> "
    b"/Resources <<%s>>"
)


def laughs(depth: int, wide: int) -> bytes:
    """Forms that draw forms that draw forms: a few kilobytes that ask for wide ** depth drawings."""
    drawn = [*[b"/F Do " * wide] * depth, b"BT ET 0 0 5 5 re f"]
    return page_file(b"/F Do", DRAWN, {10 + n: stream(FORM % (11 + n), one) for n, one in enumerate(drawn)})


def self_drawing() -> bytes:
    """A form that draws itself."""
    return page_file(b"/F Do", DRAWN, {10: stream(FORM % 10, b"/F Do /F Do")})


def glyph_forms(depth: int) -> bytes:
    """A font whose letters are drawings that print letters of the font."""
    font = (
        b"<</Type /Font /Subtype /Type3 /FontBBox [0 0 9 9] /FontMatrix [1 0 0 1 0 0] "
        b"/CharProcs <</a 11 0 R>> /FirstChar 97 /LastChar 97 /Widths [5] "
        b"/Encoding <</Differences [97 /a]>> /Resources <</Font <</F 10 0 R>>>>>>"
    )
    letter = stream(b"", b"5 0 d0 BT /F 9 Tf (%s) Tj ET" % (b"a" * depth))
    fonts = b"/Font <</F 10 0 R %s>>" % HELVETICA
    return page_file(TABLE + b"BT /F 9 Tf (aaaa) Tj ET", fonts, {10: font, 11: letter})


def patterns() -> bytes:
    """A pattern of tiny tiles, painted with itself."""
    entries = (
        b"/PatternType 1 /PaintType 1 /TilingType 1 /BBox [0 0 1 1] /XStep 0.0001 /YStep 0.0001 "
        b"/Resources <</Pattern <</P 10 0 R>>>>"
    )
    tile = stream(entries, b"/Pattern cs /P scn 0 0 1 1 re f")
    return table_page(b"/Pattern cs /P scn 0 0 595 842 re f", b"/Pattern <</P 10 0 R>>", {10: tile})


def shading() -> bytes:
    """A shading whose function is a long program, asked for at each point."""
    program = b"{" + b"2 copy mul add " * 20_000 + b"0 0 0}"
    function = stream(b"/FunctionType 4 /Domain [0 1 0 1] /Range [0 1 0 1 0 1]", program)
    shade = (
        b"/Shading <</S <</ShadingType 1 /ColorSpace /DeviceRGB /Domain [0 1 0 1] "
        b"/Matrix [595 0 0 842 0 0] /Function 10 0 R>>>>"
    )
    return table_page(b"/S sh", shade, {10: function})


def masks(depth: int) -> bytes:
    """Groups whose masks are groups with masks, each drawn on a bitmap of its own."""
    states = [b"/ExtGState <</G <</SMask <</S /Luminosity /G %d 0 R>>>>>>" % (11 + n) for n in range(depth)]
    states[-1] = b""
    content = b"/G gs 0 0 500 700 re f 1 1 400 400 re f " * 4
    return table_page(b"/F Do", DRAWN, {10 + n: stream(GROUP % one, content) for n, one in enumerate(states)})


def groups() -> bytes:
    """A group as large as the page, drawn again and again."""
    form = b"/Type /XObject /Subtype /Form /BBox [0 0 595 842] /Group <</S /Transparency>>"
    return table_page(b"/F Do " * 19_000, DRAWN, {10: stream(form, b"0 0 500 700 re f")})


def circles(count: int) -> bytes:
    """Curves that cut what is painted after them."""
    cuts = (b"%d 9 m 9 800 900 800 500 %d c W n " % (n, n) for n in range(count))
    return table_page(b"".join(cuts) + b"0 0 500 800 re f")


DRAWINGS: dict[str, Callable[[], bytes]] = {
    "forms in forms, 3 ** 6": lambda: laughs(6, 3),
    "forms in forms, 10 ** 8": lambda: laughs(8, 10),
    "forms in forms, 2 ** 28": lambda: laughs(28, 2),
    "a form that draws itself": self_drawing,
    "letters that print letters": lambda: glyph_forms(10),
    "patterns in patterns": patterns,
    "a shading of 80,000 steps": shading,
    "dashes of a millionth": lambda: table_page(b"[0.000001] 0 d 0 0 m 500 800 l S"),
    "dashes of a thousandth, 999 times": lambda: table_page(b"[0.001] 0 d " + b"0 0 m 500 800 l S " * 999),
    "20,000 circles as clip": lambda: circles(20_000),
    "99 strokes 10,000 wide": lambda: table_page(b"10000 w 1 j " + b"0 0 m 9 800 900 800 500 9 c S " * 99),
    "20,000 pages of groups": groups,
    "masks in masks": lambda: masks(12),
}
