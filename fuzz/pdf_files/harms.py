"""Kinds of harm: each takes the objects of a good file and gives the bytes of one that is not.

In: objects, chance. Out: the bytes of a file. Next: `pdf.py`.
"""

import random
import re
import zlib
from collections.abc import Callable

from pdf_files.objects import REFERENCE, STREAM, Objects, deflated, stream, write

NUMBER = re.compile(rb"(?<![\w#/])-?\d+(?:\.\d+)?(?![\w])")
NAME = re.compile(rb"/[A-Za-z0-9]+")
EXTREMES = (
    b"0", b"-1", b"1", b"45", b"65535", b"2147483647", b"-2147483648", b"4294967296", b"1e9",
    b"99999999999999999999", b"0.0000001", b"9" * 400, b"null", b"true", b"()", b"<>", b"[]", b"<<>>", b"/N",
    b"1 0 R", b"9999 0 R", b"-.", b"+1", b"NaN",
)
SIDES = (*EXTREMES[:11], b"595", b"842", b"1000000")
OPERATORS = (
    rb"q Q cm w J j M d ri i gs m l c v y h re S s f F f* B B* b b* n W W* BT ET Tc Tw Tz TL "
    rb"Tf Tr Ts Td TD Tm T* Tj TJ ' sh Do BI ID EI MP BMC BDC EMC BX EX"
).split()
FILTERS = (
    b"/ASCIIHexDecode", b"/ASCII85Decode", b"/LZWDecode", b"/RunLengthDecode", b"/CCITTFaxDecode",
    b"/JBIG2Decode", b"/DCTDecode", b"/JPXDecode", b"/Crypt",
)
LOCKED = b"/Encrypt <</Filter /Standard /V %d /R %d /O (a) /U (b) /P -4>> /Root"
SETTINGS = b"/DecodeParms <</Predictor %s /Columns %s /Colors %s /BitsPerComponent %s>>"
PARENT = b"<</Type /Pages /Kids [%d 0 R %d 0 R] /Count %s /Parent %d 0 R>>"


def harm_bytes(objects: Objects, rng: random.Random) -> bytes:
    """Change, cut and repeat bytes anywhere."""
    data = bytearray(write(objects))
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
    drawn = sorted(n for n, body in objects.items() if b"BT" in body and b"stream" in body)
    for number in rng.sample(drawn, 1):
        found = STREAM.fullmatch(objects[number].strip())
        tokens = found[2].split(b" ") if found else [objects[number]]
        for _ in range(rng.choice((1, 5, 30, 200))):
            at = rng.randrange(len(tokens))
            fresh = rng.choice((rng.choice(EXTREMES), rng.choice(OPERATORS)))
            tokens[at : at + rng.choice((0, 1, 1, 2))] = [fresh]
        content = b" ".join(tokens)
        objects[number] = deflated(b"", content) if rng.random() < 0.5 else stream(b"", content)
    return write(objects)


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
    return write(objects)


def harm_contents_table(objects: Objects, rng: random.Random) -> bytes:
    """Break the table of contents and the trailer."""
    data = write(objects)
    at = data.rindex(b"xref\n0")
    table = rng.choice((
        lambda text: re.sub(rb"\d{10}", lambda _: b"%010d" % rng.randrange(2 * len(data)), text),
        lambda text: text.replace(b"xref", b"xxxx"),
        lambda text: re.sub(rb"xref\n0 \d+", b"xref\n0 %s" % rng.choice(EXTREMES), text),
        lambda text: re.sub(rb"/Size \d+", b"/Size %s" % rng.choice(EXTREMES), text),
        lambda text: text.replace(b"/Root", b"/Prev %d /Root" % at),
        lambda text: text.replace(b"/Root", b"/XRefStm %d /Root" % rng.randrange(len(data))),
        lambda text: text.replace(b"/Root", LOCKED % (rng.randrange(7), rng.randrange(8))),
        lambda text: re.sub(rb"/Root \d+", b"/Root %d" % rng.choice(sorted(objects)), text),
        lambda text: b"",
    ))
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
        objects[leaf] = PARENT % (number, leaf, count, leaf)
    return write(objects)


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
            objects[number] = deflated(SETTINGS % tuple(rng.choice(EXTREMES) for _ in "1234"), data)
        else:
            packed = bytearray(zlib.compress(data))
            for _ in range(rng.randint(1, 9)):
                packed[rng.randrange(len(packed))] = rng.randrange(256)
            cut = rng.randrange(1, len(packed) + 1)
            objects[number] = stream(b"/Filter /FlateDecode", bytes(packed[:cut]))
    return write(objects)


def harm_boxes(objects: Objects, rng: random.Random) -> bytes:
    """Give pages odd sizes and turns."""
    for number in [n for n, body in objects.items() if b"/MediaBox" in body]:
        count = rng.choice((4, 4, 4, 2, 6))
        sides = b" ".join(rng.choice(SIDES) for _ in range(count))
        name = rng.choice((b"/MediaBox", b"/CropBox"))
        body = re.sub(rb"/MediaBox\s*\[[^\]]*\]", b"" if name == b"/MediaBox" else rb"\g<0>", objects[number])
        turn = b"/Rotate %s /UserUnit %s" % (rng.choice(EXTREMES), rng.choice(EXTREMES))
        objects[number] = body.replace(b"/Type /Page", b"/Type /Page %s [%s] %s" % (name, sides, turn), 1)
    return write(objects)


HARMS: dict[str, Callable[[Objects, random.Random], bytes]] = {
    "bytes": harm_bytes,
    "content": harm_content,
    "objects": harm_objects,
    "contents table": harm_contents_table,
    "page tree": harm_tree,
    "streams": harm_streams,
    "boxes": harm_boxes,
}
