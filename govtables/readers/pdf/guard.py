"""What a PDF file would cost, looked at before a library unpacks it or draws its pages.

In: the bytes of a file. Out: the `Cost` of its pages; `Unreadable` if it unpacks to too much. Next: `pages`.

A few kilobytes can ask for gigabytes or hours: streams packed in streams, drawings in drawings. pdfium obeys.
"""

import base64
import io
import re
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, NamedTuple

from govtables.readers.limits import LIMITS, check_limit
from govtables.readers.pdf.notes import notes_of, written_place
from govtables.readers.pdf.settings import PDF
from govtables.readers.ruled import Box

STREAM = re.compile(rb"stream\r?\n?")
NAME = re.compile(rb"/([^\s()<>\[\]{}/%]+)")
ESCAPE = re.compile(rb"#([0-9A-Fa-f]{2})")
CHUNK = 1 << 16


class Cost(NamedTuple):
    """What drawing something takes: bytes of operations, and whether it may take long all the same."""

    size: float
    slow: bool = False
    groups: float = 0  # drawings that are drawn apart and laid over the page as a whole
    noted: bool = False  # form fields, stamps or notes stand over the page
    written: tuple[Box, ...] = ()  # where those with a text of their own stand
    twin: bool = False  # the page stands in the file before, as merged files have them


ENDLESS = Cost(PDF.most_content + 1, True)


def check_size(data: bytes) -> None:
    """Refuse a file that unpacks to more than the limit, before anything unpacks it."""
    most = LIMITS.unpacked_megabytes << 20
    left = {"text": most, "pictures": PDF.pictures * most, "written": PDF.overlaps * len(data) + CHUNK}
    for found in STREAM.finditer(data):
        packed = _as_bytes(data, found.end())
        left["written"] -= len(packed or b"")
        size = _unpacked(_inflate(data, found.end()) if packed is None else _inflate(packed), most)
        before = data[max(found.start() - PDF.dictionary, 0) : found.start()]
        picture = b"/Image" in before.rpartition(b"obj")[2]
        left["pictures" if picture else "text"] -= size  # pictures are unpacked one by one, if at all
        over = max(size - most, -min(left.values()))
        check_limit(over, 0, "readers.pdf_unpacks", megabytes=LIMITS.unpacked_megabytes)


def _as_bytes(data: bytes, start: int) -> bytes | None:
    """A deflated stream that is written as text; `None` for any other."""
    head = data[start : start + 20].lstrip()
    try:
        if _is_deflated(base64.a85decode(head[:10].removeprefix(b"<~"))):
            return _decoded("A85", data[start : data.find(b"~", start + 2)])
        if re.fullmatch(rb"[0-9A-Fa-f]{4}", head[:4]) and _is_deflated(bytes.fromhex(head[:4].decode())):
            return _decoded("AHx", data[start : data.find(b">", start)])
    except ValueError:
        pass
    return None


def _decoded(name: str, text: bytes) -> bytes:
    if name == "AHx":
        return bytes.fromhex(text.partition(b">")[0].decode("latin-1"))
    return base64.a85decode(re.sub(rb"\s|<~", b"", text).partition(b"~")[0])


def _is_deflated(head: bytes) -> bool:
    return len(head) > 1 and head[0] & 15 == 8 and (head[0] << 8 | head[1]) % 31 == 0


def _unpacked(parts: Iterator[bytes], most: int, depth: int = 1) -> int:
    """Size of what a stream unpacks to, and what that unpacks to, up to a bit more than `most`."""
    first = next(parts, b"")
    inner = [first] if depth < PDF.wrapped and _is_deflated(first) else []
    size = len(first)
    for part in parts:
        inner += [part] if inner else []
        size += len(part)
        if size > most:
            return size
    return max(size, _unpacked(_inflate(b"".join(inner)), most, depth + 1)) if inner else size


def _inflate(data: bytes, start: int = 0) -> Iterator[bytes]:
    """Unpack a deflated stream piece by piece, as far as it goes; nothing of any other stream."""
    unpack = zlib.decompressobj()
    try:
        for at in range(start, len(data) if _is_deflated(data[start : start + 2]) else start, CHUNK):
            packed = data[at : at + CHUNK]
            while packed and not unpack.eof:
                yield unpack.decompress(packed, 16 * CHUNK)
                packed = unpack.unconsumed_tail
            if unpack.eof:
                return
    except zlib.error:
        return


def find_costs(data: bytes, count: int) -> list[Cost]:
    """Tell for each page of `count` what reading and drawing it takes; raises what pdfminer raises."""
    known: dict[int, Cost] = {}
    costs: dict[int, Cost] = {}  # by page
    found = []
    for page in list_pages(data, count):
        if twin := page.pageid in costs:
            found.append(Cost(0, twin=twin))
            continue
        notes = notes_of(page)
        cost = _sum([_cost(page.contents, page.resources, known, 0), *_looks(notes, known)])
        written = tuple([place for place in map(written_place, notes) if place])
        costs[page.pageid] = cost._replace(noted=bool(notes), written=written)
        found.append(costs[page.pageid])
    return found


def list_pages(data: bytes, count: int) -> list[Any]:
    """List the pages that pdfminer finds; as often as the file lists them, if that makes `count`."""
    from pdfminer.pdfdocument import PDFDocument
    from pdfminer.pdfpage import PDFPage
    from pdfminer.pdfparser import PDFParser

    document = PDFDocument(PDFParser(io.BytesIO(data)))
    pages = {page.pageid: page for page in islice(PDFPage.create_pages(document), LIMITS.pages + 1)}
    leaves = list(_leaves(document.catalog, pages)) if len(pages) < count else []
    return [pages[leaf] for leaf in leaves] if len(leaves) == count else list(pages.values())


def _leaves(catalog: dict, pages: Mapping[int, Any]) -> Iterator[int]:
    """The pages that the tree of pages lists, in order, by number; a tree may be endless."""
    from pdfminer.pdftypes import dict_value, list_value

    waiting = [catalog.get("Pages")]
    for _ in range(PDF.most_nodes):
        if not waiting:
            return
        node = waiting.pop()
        if (number := getattr(node, "objid", None)) in pages:
            yield number
        else:
            waiting += reversed(list_value(dict_value(node).get("Kids") or []))


def _sum(costs: Iterable[Cost]) -> Cost:
    sizes, slow, groups, *_ = zip(*costs, strict=True)
    return Cost(sum(sizes), any(slow), sum(groups))


def _cost(streams: Iterable, resources: object, known: dict[int, Cost], depth: int) -> Cost:
    """What streams draw, with all that the forms in them draw."""
    from pdfminer.pdftypes import PDFStream, dict_value, resolve1

    if depth > PDF.deepest:
        return ENDLESS
    content = b""
    for stream in map(resolve1, streams):
        if isinstance(stream, PDFStream) and len(content) <= PDF.most_content:
            content += b" " + _content(stream)[: PDF.most_content + 1]
    resources = dict_value(resources) if resources else {}
    costs = [Cost(len(content), _is_slow(resources))]
    names = Counter(ESCAPE.sub(lambda one: bytes([int(one[1], 16)]), name) for name in NAME.findall(content))
    for name, reference in dict_value(resources.get("XObject") or {}).items():
        times = names[str(name).encode("latin-1", "replace")]
        form = resolve1(reference) if times else None
        if isinstance(form, PDFStream):
            if id(form) not in known:
                known[id(form)] = ENDLESS  # while it is looked into: a form may draw itself
                known[id(form)] = _form_cost(form, resources, known, depth)
            size, slow, groups, *_ = known[id(form)]
            costs.append(Cost(times * (PDF.drawing + size), slow, times * groups))
    return _sum(costs)


def _form_cost(form: object, resources: dict, known: dict[int, Cost], depth: int) -> Cost:
    """What a form draws; a picture draws nothing, but may be too large."""
    from pdfminer.pdftypes import num_value

    if "BBox" in form.attrs:
        cost = _cost([form], form.get("Resources") or resources, known, depth + 1)
        return cost._replace(groups=cost.groups + ("Group" in form.attrs))
    return Cost(0, num_value(form.get("Width", 0)) * num_value(form.get("Height", 0)) > PDF.most_points)


def _is_slow(resources: dict) -> bool:
    """Tell whether patterns, shadings or masks may be drawn, of which a few bytes can take hours."""
    from pdfminer.pdftypes import dict_value
    from pdfminer.psparser import PSLiteral

    states = [dict_value(state) for state in dict_value(resources.get("ExtGState") or {}).values()]
    masked = any(not isinstance(state.get("SMask"), PSLiteral | None) for state in states)
    return bool(masked or resources.get("Pattern") or resources.get("Shading"))


def _looks(notes: Sequence[dict], known: dict[int, Cost]) -> Iterator[Cost]:
    """What notes, stamps and form fields draw."""
    from pdfminer.pdftypes import PDFStream, dict_value, resolve1

    for note in notes:
        looks = note.get("AP")
        normal = resolve1(dict_value(looks).get("N")) if looks else None
        states = normal.values() if isinstance(normal, dict) else [normal]
        forms = [form for form in map(resolve1, states) if isinstance(form, PDFStream)]
        yield from (_form_cost(form, {}, known, 0) for form in forms)


def _content(stream: object) -> bytes:
    """What a stream of drawing operations unpacks to, up to a bit more than the limit."""
    data = stream.get_rawdata() or b""
    for name in [str(getattr(name, "name", name)) for name, _ in stream.get_filters()]:
        if name in ("FlateDecode", "Fl"):
            data = b"".join(islice(_inflate(data), PDF.most_content // CHUNK + 1))
        elif name in ("ASCII85Decode", "A85", "ASCIIHexDecode", "AHx"):
            data = _decoded("A85" if "85" in name else "AHx", data)
        else:
            return data if len(data) < PDF.most_other else bytes(PDF.most_content + 1)
    return data
