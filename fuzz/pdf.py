"""Feed harmful PDF files to the package.

In: `--inputs`, `--seed`. Out: as `harness` says. The inputs are printed reports with harm done to their
objects, and listed attacks.

    python fuzz/pdf.py --inputs 2000 --seed 1
"""

import random
import re
import sys
import zlib
from collections.abc import Callable
from functools import cache

from harness import Target, main
from relay.pages import make_pages

BASES = 8
OBJECT = re.compile(rb"(?<!\d)(\d+) 0 obj\b(.*?)\bendobj", re.S)
STREAM = re.compile(rb"(.*?)stream\r?\n(.*)\r?\nendstream", re.S)
NUMBER = re.compile(rb"(?<![\w#/])-?\d+(?:\.\d+)?(?![\w])")
NAME = re.compile(rb"/[A-Za-z0-9]+")
KIDS = re.compile(rb"/Count \d+\s*/Kids\s*\[([^\]]*)\]")
REFERENCE = re.compile(rb"\d+ 0 R")
EXTREMES = (b"0", b"-1", b"1", b"45", b"65535", b"2147483647", b"-2147483648", b"4294967296", b"1e9", b"99999999999999999999", b"0.0000001")
EXTREMES += (b"9" * 400, b"null", b"true", b"()", b"<>", b"[]", b"<<>>", b"/N", b"1 0 R", b"9999 0 R", b"-.", b"+1", b"NaN")
OPERATORS = (rb"q Q cm w J j M d ri i gs m l c v y h re S s f F f* B B* b b* n W W* BT ET Tc Tw Tz TL "
    rb"Tf Tr Ts Td TD Tm T* Tj TJ ' sh Do BI ID EI MP BMC BDC EMC BX EX")
FILTERS = (b"/ASCIIHexDecode", b"/ASCII85Decode", b"/LZWDecode", b"/RunLengthDecode", b"/CCITTFaxDecode", b"/JBIG2Decode", b"/DCTDecode",
    b"/JPXDecode", b"/Crypt")

Objects = dict[int, bytes]


# -- good files, taken apart and put together --------------------


@cache
def base(number: int) -> tuple[tuple[int, bytes], ...]:
    """Take two pages of a good report apart into objects, streams unpacked."""
    data = make_pages(number, ("2021", "2019")[number % 2], number % 4 > 1).data
    objects = {int(found[1]): unpack(found[2]) for found in OBJECT.finditer(data)}
    tree = next(n for n, body in objects.items() if b"/Kids" in body)
    kids = REFERENCE.findall(KIDS.search(objects[tree])[1])
    first = number % (len(kids) - 1)
    objects[tree] = KIDS.sub(b"/Count 2 /Kids [%s]" % b" ".join(kids[first : first + 2]), objects[tree])
    catalog = next(n for n, body in objects.items() if b"/Catalog" in body)
    return ((0, b"%d" % catalog), *objects.items())


def unpack(body: bytes) -> bytes:
    """Unpack the stream of an object where it is deflated."""
    import base64

    found = STREAM.fullmatch(body.strip())
    if not found or b"/FlateDecode" not in found[1]:
        return body
    packed = found[2].strip()
    packed = base64.a85decode(packed, adobe=False) if not packed.endswith(b"~>") else base64.a85decode(packed[:-2])
    entries = re.sub(rb"/Filter\s*\[[^\]]*\]|/Filter\s*/\w+|/Length \d+", b"", found[1]).strip()
    return stream(entries[2:-2], zlib.decompress(packed))


def stream(entries: bytes, data: bytes) -> bytes:
    """Write an object that is a stream."""
    return b"<<%s /Length %d>>\nstream\n%s\nendstream" % (entries, len(data), data)


def deflated(entries: bytes, data: bytes, times: int = 1) -> bytes:
    """Write a stream that is packed once or more."""
    for _ in range(times):
        data = zlib.compress(data, 9)
    return stream(entries + b" /Filter [" + b"/FlateDecode " * times + b"]", data)


def write(objects: Objects, rng: random.Random, trailer: bytes = b"") -> bytes:
    """Put a file together, with a good table of contents."""
    root = objects.get(0, b"1")
    file, places = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", {}
    for number, body in objects.items():
        if number:
            places[number] = len(file)
            file += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    size = max(places, default=0) + 1
    lines = [b"%010d 00000 n \n" % places[n] if n in places else b"0000000000 65535 f \n" for n in range(size)]
    end = b"trailer\n<</Size %d /Root %s 0 R %s>>\nstartxref\n%d\n%%%%EOF\n" % (size, root, trailer, len(file))
    return file + b"xref\n0 %d\n%s" % (size, b"".join(lines)) + end


def page_file(content: bytes, resources: bytes = b"", more: Objects | None = None, box: bytes = b"0 0 595 842", page: bytes = b"") -> bytes:
    """Write a file of one page."""
    objects = {
        1: b"<</Type /Catalog /Pages 2 0 R>>",
        2: b"<</Type /Pages /Kids [3 0 R] /Count 1>>",
        3: b"<</Type /Page /Parent 2 0 R /MediaBox [%s] /Contents 4 0 R /Resources <<%s>> %s>>" % (box, resources, page),
        4: stream(b"", content),
    } | (more or {})
    return write(objects, random.Random(0))


# -- kinds of harm --------------------


def harm_bytes(objects: Objects, rng: random.Random) -> bytes:
    """Change, cut and repeat bytes anywhere."""
    data = bytearray(write(objects, rng))
    for _ in range(rng.choice((1, 3, 10, 60))):
        at = rng.randrange(len(data))
        kind = rng.random()
        if kind < 0.7:
            data[at] = rng.randrange(256)
        elif kind < 0.85:
            del data[at : at + rng.randint(1, 200)]
        else:
            data[at:at] = data[at : at + rng.randint(1, 200)]
    return bytes(data[: rng.randrange(len(data))] if rng.random() < 0.2 else data)


def harm_content(objects: Objects, rng: random.Random) -> bytes:
    """Change numbers and operators of what a page draws."""
    for number in rng.sample(sorted(n for n, body in objects.items() if b"BT" in body and b"stream" in body), 1):
        found = STREAM.fullmatch(objects[number].strip())
        tokens = found[2].split(b" ") if found else [objects[number]]
        for _ in range(rng.choice((1, 5, 30, 200))):
            at = rng.randrange(len(tokens))
            tokens[at : at + rng.choice((0, 1, 1, 2))] = [rng.choice((rng.choice(EXTREMES), rng.choice(OPERATORS.split())))]
        content = b" ".join(tokens)
        objects[number] = deflated(b"", content) if rng.random() < 0.5 else stream(b"", content)
    return write(objects, rng)


def harm_objects(objects: Objects, rng: random.Random) -> bytes:
    """Change numbers, names and references of dictionaries."""
    for _ in range(rng.choice((1, 2, 5, 20))):
        number = rng.choice(sorted(objects))
        head, mark, rest = objects[number].partition(b"stream")
        pattern = rng.choice((NUMBER, NAME, REFERENCE))
        places = list(pattern.finditer(head))
        if places:
            place = rng.choice(places)
            other = rng.choice(sorted(objects))
            names = NAME.findall(b" ".join(objects.values())[:20_000]) or [b"/X"]
            fresh = rng.choice((rng.choice(EXTREMES), b"%d 0 R" % other, rng.choice(names)))
            objects[number] = head[: place.start()] + fresh + head[place.end() :] + mark + rest
    return write(objects, rng)


def harm_contents_table(objects: Objects, rng: random.Random) -> bytes:
    """Break the table of contents and the trailer."""
    data = write(objects, rng)
    at = data.rindex(b"xref\n0")
    table = rng.choice((
        lambda text: re.sub(rb"\d{10}", lambda _: b"%010d" % rng.randrange(2 * len(data)), text),
        lambda text: text.replace(b"xref", b"xxxx"),
        lambda text: re.sub(rb"xref\n0 \d+", b"xref\n0 %s" % rng.choice(EXTREMES), text),
        lambda text: re.sub(rb"/Size \d+", b"/Size %s" % rng.choice(EXTREMES), text),
        lambda text: text.replace(b"/Root", b"/Prev %d /Root" % at),
        lambda text: text.replace(b"/Root", b"/XRefStm %d /Root" % rng.randrange(len(data))),
        lambda text: text.replace(b"/Root", b"/Encrypt <</Filter /Standard /V %d /R %d /O (a) /U (b) /P -4>> /Root" % (rng.randrange(7),
            rng.randrange(8))),
        lambda text: re.sub(rb"/Root \d+", b"/Root %d" % rng.choice(sorted(objects)), text),
        lambda text: b"",
    ))  # fmt: skip
    return data[:at] + table(data[at:])


def harm_tree(objects: Objects, rng: random.Random) -> bytes:
    """Tie the tree of pages into loops, or let it count wrong."""
    pages = [n for n, body in objects.items() if b"/Kids" in body]
    number = pages[0]
    leaves = re.findall(rb"\d+ 0 R", objects[number])
    kids = [rng.choice([b"%d 0 R" % number, *leaves]) for _ in range(rng.choice((1, 3, 50)))]
    count = rng.choice((*EXTREMES, b"3", b"400"))
    objects[number] = b"<</Type /Pages /Kids [%s] /Count %s>>" % (b" ".join(kids), count)
    if rng.random() < 0.4:
        leaf = int(rng.choice(leaves).split()[0])
        objects[leaf] = b"<</Type /Pages /Kids [%d 0 R %d 0 R] /Count %s /Parent %d 0 R>>" % (number, leaf, count, leaf)
    return write(objects, rng)


def harm_streams(objects: Objects, rng: random.Random) -> bytes:
    """Pack streams wrongly, or declare filters that do not fit."""
    for number in rng.sample(sorted(n for n, body in objects.items() if b"stream" in body), 1):
        found = STREAM.fullmatch(objects[number].strip())
        data = found[2] if found else b""
        kind = rng.random()
        if kind < 0.4:
            names = b" ".join(rng.choice(FILTERS) for _ in range(rng.randint(1, 4)))
            objects[number] = stream(b"/Filter [%s]" % names, data)
        elif kind < 0.7:
            settings = b"/DecodeParms <</Predictor %s /Columns %s /Colors %s /BitsPerComponent %s>>" % tuple(rng.choice(
                EXTREMES) for _ in "1234")
            objects[number] = deflated(settings, data)
        else:
            packed = bytearray(zlib.compress(data))
            for _ in range(rng.randint(1, 9)):
                packed[rng.randrange(len(packed))] = rng.randrange(256)
            objects[number] = stream(b"/Filter /FlateDecode", bytes(packed[: rng.randrange(1, len(packed) + 1)]))
    return write(objects, rng)


def harm_boxes(objects: Objects, rng: random.Random) -> bytes:
    """Give pages odd sizes and turns."""
    for number in [n for n, body in objects.items() if b"/MediaBox" in body]:
        sides = b" ".join(rng.choice((*EXTREMES[:11], b"595", b"842", b"1000000")) for _ in range(rng.choice((4, 4, 4, 2, 6))))
        name = rng.choice((b"/MediaBox", b"/CropBox"))
        body = re.sub(rb"/MediaBox\s*\[[^\]]*\]", b"" if name == b"/MediaBox" else rb"\g<0>", objects[number])
        turn = b"/Rotate %s /UserUnit %s" % (rng.choice(EXTREMES), rng.choice(EXTREMES))
        objects[number] = body.replace(b"/Type /Page", b"/Type /Page %s [%s] %s" % (name, sides, turn), 1)
    return write(objects, rng)


HARMS: dict[str, Callable[[Objects, random.Random], bytes]] = {
    "bytes": harm_bytes,
    "content": harm_content,
    "objects": harm_objects,
    "contents table": harm_contents_table,
    "page tree": harm_tree,
    "streams": harm_streams,
    "boxes": harm_boxes,
}


# -- attacks, each made once --------------------


def laughs(depth: int, wide: int) -> bytes:
    """Forms that draw forms that draw forms: a few kilobytes that ask for wide ** depth drawings."""
    more = {
        10 + n: stream(
            b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources <</XObject <</F %d 0 R>>>>" % (11 + n),
            b"/F Do " * wide if n < depth else b"BT ET 0 0 5 5 re f",
        )
        for n in range(depth + 1)
    }
    return page_file(b"/F Do", b"/XObject <</F 10 0 R>>", more)


def self_drawing() -> bytes:
    """A form that draws itself."""
    form = stream(b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources <</XObject <</F 10 0 R>>>>", b"/F Do /F Do")
    return page_file(b"/F Do", b"/XObject <</F 10 0 R>>", {10: form})


TABLE = (b"100 100 m 100 140 l S 200 100 m 200 140 l S 300 100 m 300 140 l S 100 100 m 300 100 l S 100 "
    b"120 m 300 120 l S 100 140 m 300 140 l S ")
TABLE += b"BT /H 9 Tf 120 105 Td (label) Tj 100 0 Td (12) Tj ET BT /H 9 Tf 50 500 Td (%s) Tj ET " % (b"words of a report " * 5)
HELVETICA = b"/H <</Type /Font /Subtype /Type1 /BaseFont /Helvetica>>"


def glyph_forms(depth: int) -> bytes:
    """A font whose letters are drawings that print letters of the font."""
    font = (b"<</Type /Font /Subtype /Type3 /FontBBox [0 0 9 9] /FontMatrix [1 0 0 1 0 0] /CharProcs <</a "
        b"11 0 R>> /FirstChar 97 /LastChar 97")
    font += b" /Widths [5] /Encoding <</Differences [97 /a]>> /Resources <</Font <</F 10 0 R>>>>>>"
    return page_file(TABLE + b"BT /F 9 Tf (aaaa) Tj ET", b"/Font <</F 10 0 R %s>>" % HELVETICA, {10: font, 11: stream(b"",
        b"5 0 d0 BT /F 9 Tf (%s) Tj ET" % (b"a" * depth))})


def patterns() -> bytes:
    """A pattern of tiny tiles, painted with itself."""
    tile = stream(b"/PatternType 1 /PaintType 1 /TilingType 1 /BBox [0 0 1 1] /XStep 0.0001 /YStep 0.0001 "
        b"/Resources <</Pattern <</P 10 0 R>>>>", b"/Pattern cs /P scn 0 0 1 1 re f")
    return page_file(TABLE + b"/Pattern cs /P scn 0 0 595 842 re f", b"/Pattern <</P 10 0 R>> /Font <<%s>>" % HELVETICA, {10: tile})


def shading() -> bytes:
    """A shading whose function is a long program, asked for at each point."""
    function = stream(b"/FunctionType 4 /Domain [0 1 0 1] /Range [0 1 0 1 0 1]", b"{" + b"2 copy mul add " * 20_000 + b"0 0 0}")
    shade = b"/Shading <</S <</ShadingType 1 /ColorSpace /DeviceRGB /Domain [0 1 0 1] /Matrix [595 0 0 842 0 0] /Function 10 0 R>>>>"
    return page_file(TABLE + b"/S sh", shade + b" /Font <<%s>>" % HELVETICA, {10: function})


def masks(depth: int) -> bytes:
    """Groups whose masks are groups with masks, each drawn on a bitmap of its own."""
    more = {}
    for n in range(depth):
        state = b"/ExtGState <</G <</SMask <</S /Luminosity /G %d 0 R>>>>>>" % (11 + n) if n < depth - 1 else b""
        group = b"/Type /XObject /Subtype /Form /BBox [0 0 595 842] /Group <</S /Transparency /CS /DeviceRGB>> /Resources <<%s>>" % state
        more[10 + n] = stream(group, b"/G gs 0 0 500 700 re f 1 1 400 400 re f " * 4)
    return page_file(TABLE + b"/F Do", b"/XObject <</F 10 0 R>> /Font <<%s>>" % HELVETICA, more)


def deep_tree(depth: int) -> bytes:
    """A tree of pages that is a long line."""
    objects = {1: b"<</Type /Catalog /Pages 2 0 R>>"}
    for n in range(2, depth):
        objects[n] = b"<</Type /Pages /Kids [%d 0 R] /Count 1 /Parent %d 0 R>>" % (n + 1, max(n - 1, 2))
    objects[depth] = b"<</Type /Page /Parent %d 0 R /MediaBox [0 0 9 9]>>" % (depth - 1)
    return write(objects, random.Random(0))


def big_map() -> bytes:
    """A font whose map to Unicode has millions of entries."""
    ranges = b"".join(b"<%04x> <ffff> <0000>\n" % n for n in range(0, 4000))
    cmap = (b"/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <0000> <ffff> "
        b"endcodespacerange 100 beginbfrange %s endbfrange endcmap") % ranges
    font = b"<</Type /Font /Subtype /Type0 /BaseFont /A /Encoding /Identity-H /DescendantFonts [11 0 R] /ToUnicode 12 0 R>>"
    below = (b"<</Type /Font /Subtype /CIDFontType2 /BaseFont /A /CIDSystemInfo <</Registry (Adobe) "
        b"/Ordering (Identity) /Supplement 0>> /W [0 2000000000 500]>>")
    return page_file(b"BT /F 9 Tf <00010002> Tj ET", b"/Font <</F 10 0 R>>", {10: font, 11: below, 12: deflated(b"", cmap)})


def big_picture(kind: bytes, body: bytes) -> bytes:
    """A picture that says it is very large."""
    image = stream(b"/Type /XObject /Subtype /Image /Width 60000 /Height 60000 /ColorSpace /DeviceRGB "
        b"/BitsPerComponent 8 /Filter %s" % kind, body)
    return page_file(TABLE + b"q 200 0 0 200 50 550 cm /I Do Q", b"/XObject <</I 10 0 R>> /Font <<%s>>" % HELVETICA, {10: image})


def object_stream_bomb() -> bytes:
    """A stream of objects that unpacks to a gigabyte, as the file is opened."""
    packed = deflated(b"/Type /ObjStm /N 1 /First 4", b"5 0 " + bytes(1 << 30))
    return b"%PDF-1.7\n1 0 obj\n" + packed + b"\nendobj\n2 0 obj <</Type /Catalog /Pages 3 0 R>> endobj trailer <</Root 2 0 R>>"


def nested(kind: bytes, depth: int) -> bytes:
    """Arrays or dictionaries inside one another."""
    opening, closing = {b"[": (b"[", b"]"), b"<": (b"<</A ", b">>")}[kind]
    return page_file(b"0 0 m", page=b"/X " + opening * depth + closing * depth)


def many(content: bytes, count: int, times: int = 1) -> bytes:
    """One thing drawn again and again."""
    return page_file(b"", more={4: deflated(b"", content * count, times)})


def lzw_bomb() -> bytes:
    """Zeros packed by LZW, about a thousandfold."""
    codes = [256, 0, *range(258, 4094)]
    bits = "".join(f"{code:0{width(n)}b}" for n, code in enumerate(codes))
    data = int(bits + "0" * (-len(bits) % 8), 2).to_bytes((len(bits) + 7) // 8, "big")
    return page_file(b"", more={4: stream(b"/Filter /LZWDecode", data * 2000)})


def width(n: int) -> int:
    """Bits of the n-th code."""
    return 9 if n < 254 else 10 if n < 766 else 11 if n < 1790 else 12


FONT = b"/Font <</F <</Type /Font /Subtype /Type1 /BaseFont /Helvetica>>>>"
ATTACKS: dict[str, Callable[[], bytes]] = {
    "forms in forms, 3 ** 6": lambda: laughs(6, 3),
    "forms in forms, 10 ** 8": lambda: laughs(8, 10),
    "forms in forms, 2 ** 28": lambda: laughs(28, 2),
    "a form that draws itself": self_drawing,
    "letters that print letters": lambda: glyph_forms(10),
    "patterns in patterns": patterns,
    "a shading of 80,000 steps": shading,
    "dashes of a millionth": lambda: page_file(TABLE + b"[0.000001] 0 d 0 0 m 500 800 l S", b"/Font <<%s>>" % HELVETICA),
    "dashes of a thousandth, 999 times": lambda: page_file(TABLE + b"[0.001] 0 d " + b"0 0 m 500 800 l S " * 999,
        b"/Font <<%s>>" % HELVETICA),
    "20,000 circles as clip": lambda: page_file(TABLE + b"".join(b"%d 9 m 9 800 900 800 500 %d c W n " % (n, n) for n in range(20_000))
        + b"0 0 500 800 re f", b"/Font <<%s>>" % HELVETICA),
    "99 strokes 10,000 wide": lambda: page_file(TABLE + b"10000 w 1 j " + b"0 0 m 9 800 900 800 500 9 c S " * 99,
        b"/Font <<%s>>" % HELVETICA),
    "20,000 pages of groups": lambda: page_file(TABLE + b"/F Do " * 19_000, b"/XObject <</F 10 0 R>> /Font <<%s>>" % HELVETICA,
        {10: stream(b"/Type /XObject /Subtype /Form /BBox [0 0 595 842] /Group <</S /Transparency>>", b"0 0 500 700 re f")}),
    "masks in masks": lambda: masks(12),
    "page tree 5,000 deep": lambda: deep_tree(5_000),
    "map of 260 million": big_map,
    "picture of 60,000 x 60,000, raw": lambda: big_picture(b"/FlateDecode", zlib.compress(bytes(1 << 20))),
    "picture of 60,000 x 60,000, JPEG": lambda: big_picture(b"/DCTDecode",
        b"\xff\xd8\xff\xc0\x00\x11\x08\xea\x60\xea\x60\x03\x01\x22\x00\x02\x11\x01\x03\x11\x01" + bytes(999)),
    "picture of 60,000 x 60,000, JPX": lambda: big_picture(b"/JPXDecode", b"\x00\x00\x00\x0cjP  \r\n\x87\n" + bytes(999)),
    "picture of 60,000 x 60,000, JBIG2": lambda: big_picture(b"/JBIG2Decode",
        b"\x00\x00\x00\x00\x30\x00\x01\x00\x00\x00\x13\x00\x00\xea\x60\x00\x00\xea\x60" + bytes(99)),
    "picture of 60,000 x 60,000, fax": lambda: big_picture(b"/CCITTFaxDecode", bytes(9999)),
    "object stream of a gigabyte": object_stream_bomb,
    "content of 200 MB": lambda: many(b"0 0 m ", 33 << 20),
    "content of 120 MB": lambda: many(b"0 0 m 1 1 l S ", 8 << 20),
    "content of 120 MB of text": lambda: page_file(b"", FONT, {4: deflated(b"", b"BT /F 9 Tf (12) Tj ET " * (5 << 20))}),
    "content of 60 MB of saves": lambda: many(b"q ", 30 << 20),
    "content of 60 MB of rules": lambda: many(b"1 1 500 0.5 re f ", 3 << 20),
    "content packed twice, 10 GB": lambda: page_file(b"", more={4: stream(b"/Filter [/FlateDecode /FlateDecode]", zlib.compress(
        zlib.compress(bytes(1 << 30)) * 10))}),
    "content packed by LZW": lzw_bomb,
    "arrays 100,000 deep": lambda: nested(b"[", 100_000),
    "dictionaries 100,000 deep": lambda: nested(b"<", 100_000),
    "strings 100,000 deep": lambda: page_file(b"BT /F 9 Tf " + b"(" * 100_000 + b")" * 100_000 + b" Tj ET", FONT),
    "a page listed 100,000 times": lambda: write({1: b"<</Type /Catalog /Pages 2 0 R>>",
        2: b"<</Type /Pages /Count 100000 /Kids [%s]>>" % (b"3 0 R " * 100_000), 3: b"<</Type /Page /Parent 2 0 R /MediaBox [0 0 9 9]>>"},
            random.Random(0)),
    "a page of 1e9 points": lambda: page_file(b"BT /F 9 Tf 9 9 Td (12) Tj ET 0 0 m 9 9 l S 0 0 1000000000 1000000000 re S", FONT,
        box=b"0 0 1000000000 1000000000"),
    "rules far outside": lambda: page_file(b"-1e30 5 m 1e30 5 l S 5 -1e30 m 5 1e30 l S BT /F 9 Tf 9 9 Td (12) Tj ET", FONT),
    "3,000 x 3,000 rules": lambda: page_file(b" ".join(b"0 %d m 800 %d l S %d 0 m %d 800 l S" % ((n // 4,) * 4) for n in range(3000))
        + b" BT /F 9 Tf 9 9 Td (12) Tj ET", FONT),
    "100 x 800 cells": lambda: page_file(b" ".join(b"0 %d m 800 %d l S %d 0 m %d 800 l S" % (n, n, 8 * n, 8 * n) for n in range(0, 800,
        1)) + b" BT /F 1 Tf 9 9 Td (12) Tj ET", FONT, box=b"0 0 6400 800"),
    "90,000 letters on one place": lambda: page_file(b"BT /F 9 Tf 9 9 Td " + b"(1) Tj 0 0 Td " * 90_000 + b"ET", FONT),
    "90,000 letters in one cell": lambda: page_file(b"0 0 500 800 re S 250 0 m 250 800 l S BT /F 3 Tf 9 9 Td "
        + b"(12) Tj 0 0.01 Td " * 45_000 + b"ET", FONT),
}  # fmt: skip


def make(rng: random.Random, _: int) -> bytes:
    """Make one input: a good file with one kind of harm."""
    kind = rng.choice(list(HARMS))
    objects = dict(base(rng.randrange(BASES)))
    try:
        return HARMS[kind](objects, rng)
    except (IndexError, ValueError):  # nothing there to harm in that way
        return harm_bytes(dict(base(0)), rng)


def attack(_: random.Random, number: int) -> bytes:
    """Make an attack of the list."""
    return list(ATTACKS.values())[number]()


TARGETS = {"pdf": Target(make, apart=True), "pdf_attack": Target(attack, apart=True, most=len(ATTACKS))}

if __name__ == "__main__":
    sys.exit(main(TARGETS, "Feed harmful PDF files to the package."))
