"""PDF files as objects: taken apart, written, and put together.

In: the bytes of a file, or objects. Out: objects, or the bytes of a file. Next: `harms`, and the attacks.
"""

import base64
import re
import zlib

OBJECT = re.compile(rb"(?<!\d)(\d+) 0 obj\b(.*?)\bendobj", re.S)
STREAM = re.compile(rb"(.*?)stream\r?\n(.*)\r?\nendstream", re.S)
KIDS = re.compile(rb"/Count \d+\s*/Kids\s*\[([^\]]*)\]")
REFERENCE = re.compile(rb"\d+ 0 R")
HELVETICA = b"/H <</Type /Font /Subtype /Type1 /BaseFont /Helvetica>>"
LETTERS = b"/Font <<%s>>" % HELVETICA
FONT = b"/Font <</F <</Type /Font /Subtype /Type1 /BaseFont /Helvetica>>>>"
TABLE = (
    b"100 100 m 100 140 l S 200 100 m 200 140 l S 300 100 m 300 140 l S 100 100 m 300 100 l S "
    b"100 120 m 300 120 l S 100 140 m 300 140 l S BT /H 9 Tf 120 105 Td (label) Tj 100 0 Td (12) Tj ET "
    b"BT /H 9 Tf 50 500 Td (%s) Tj ET "
) % (b"words of a report " * 5)

Objects = dict[int, bytes]


def take_apart(data: bytes, number: int) -> tuple[tuple[int, bytes], ...]:
    """Take two pages of a file apart into objects, streams unpacked; chosen by a number."""
    objects = {int(found[1]): unpack(found[2]) for found in OBJECT.finditer(data)}
    tree = next(n for n, body in objects.items() if b"/Kids" in body)
    kids = REFERENCE.findall(KIDS.search(objects[tree])[1])
    first = number % (len(kids) - 1)
    objects[tree] = KIDS.sub(b"/Count 2 /Kids [%s]" % b" ".join(kids[first : first + 2]), objects[tree])
    catalog = next(n for n, body in objects.items() if b"/Catalog" in body)
    return ((0, b"%d" % catalog), *objects.items())


def unpack(body: bytes) -> bytes:
    """Unpack the stream of an object where it is deflated."""
    found = STREAM.fullmatch(body.strip())
    if not found or b"/FlateDecode" not in found[1]:
        return body
    packed = base64.a85decode(found[2].strip().removesuffix(b"~>"))
    entries = re.sub(rb"/Filter\s*\[[^\]]*\]|/Filter\s*/\w+|/Length \d+", b"", found[1]).strip()
    return stream(entries[2:-2], zlib.decompress(packed))


def stream(entries: bytes, data: bytes) -> bytes:
    """Write an object that is a stream."""
    return b"<<%s /Length %d>>\nstream\n%s\nendstream" % (entries, len(data), data)


def deflated(entries: bytes, data: bytes) -> bytes:
    """Write a stream that is packed."""
    return stream(entries + b" /Filter [/FlateDecode ]", zlib.compress(data, 9))


def write(objects: Objects) -> bytes:
    """Put a file together, with a good table of contents."""
    root = objects.get(0, b"1")
    file, places = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", {}
    for number, body in objects.items():
        if number:
            places[number] = len(file)
            file += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    size = max(places, default=0) + 1
    empty = b"0000000000 65535 f \n"
    lines = [b"%010d 00000 n \n" % places[n] if n in places else empty for n in range(size)]
    end = b"trailer\n<</Size %d /Root %s 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (size, root, len(file))
    return file + b"xref\n0 %d\n%s" % (size, b"".join(lines)) + end


def page_file(
    content: bytes, resources: bytes = b"", more: Objects | None = None, box: bytes = b"0 0 595 842",
    page: bytes = b"",
) -> bytes:
    """Write a file of one page."""
    entries = b"/MediaBox [%s] /Contents 4 0 R /Resources <<%s>> %s" % (box, resources, page)
    objects = {
        1: b"<</Type /Catalog /Pages 2 0 R>>",
        2: b"<</Type /Pages /Kids [3 0 R] /Count 1>>",
        3: b"<</Type /Page /Parent 2 0 R %s>>" % entries,
        4: stream(b"", content),
    } | (more or {})
    return write(objects)


def table_page(content: bytes, resources: bytes = b"", more: Objects | None = None) -> bytes:
    """Write a page with a table and words, so that it is read, and something else on it."""
    return page_file(TABLE + content, b" ".join(filter(None, (resources, LETTERS))), more)
