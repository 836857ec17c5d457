"""What a page of a PDF draws: rules and pictures.

In: an open page. Out: `Drawn`. Next: `page`.
"""

import ctypes
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from govtables.readers.pdf.settings import PDF
from govtables.readers.ruled import Box

TEXT, PATH, IMAGE, FORM = 1, 2, 3, 5  # kinds of pdfium's page objects
MOVE_TO = 2
MEANT = b"ActualText"

Matrix = tuple[float, float, float, float, float, float]
Frame = Callable[[float, float], tuple[float, float]]
UNIT: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


class TooMuch(Exception):
    """A page that prints or draws more than a page of a report."""


@dataclass(slots=True)
class Drawn:
    """What a page draws: when, by the operation's address; rules, filled boxes; share, time of pictures."""

    orders: dict[int, int] = field(default_factory=dict)
    rules: list[Box] = field(default_factory=list)
    grounds: list[Box] = field(default_factory=list)
    pictures: float = 0.0
    covered: int = 0  # when the last picture of the whole page is drawn
    texts: list[int] = field(default_factory=list)  # by address, those too that pdfium reads once for two
    others: list[int] = field(default_factory=list)  # what is drawn beside texts, by address
    over: bool = False  # whether more than rules is drawn after a text
    meant: dict[int, Matrix] = field(default_factory=dict)  # around texts that say what they mean


def read_drawings(page: Any, frame: Frame, here: Box) -> Drawn:
    """List what a page draws, in places that `frame` turns upright; `here` is the page."""
    drawn = Drawn()
    for order, (thing, kind, matrix) in enumerate(_objects(page), 1):
        drawn.orders[address_of(thing)] = order
        drawn.over |= bool(drawn.texts) and kind not in (TEXT, PATH, FORM)
        if kind != FORM:
            (drawn.texts if kind == TEXT else drawn.others).append(address_of(thing))
        if kind == TEXT and matrix != UNIT and _stands_for_another(thing):
            drawn.meant[address_of(thing)] = matrix
        elif kind == PATH:
            boxes = list(_boxes(thing, _times(_matrix(thing), matrix), frame))
            drawn.over |= bool(drawn.texts) and not (boxes and all(map(_is_thin, boxes)))
            for box in boxes:
                if _meets(box, here):
                    (drawn.rules if _is_thin(box) else drawn.grounds).append(_within(box, here))
        elif kind == IMAGE:
            own = _times(_matrix(thing), matrix)
            box = _hull([frame(*move_point(x, y, own)) for x in (0, 1) for y in (0, 1)])
            if not _meets(box, here):
                continue
            if _is_thin(box):
                drawn.rules.append(_within(box, here))
                continue
            share = _area(_within(box, here)) / max(_area(here), 1)
            drawn.pictures += share
            drawn.covered = order if share > PDF.large else drawn.covered
    return drawn


def address_of(thing: Any) -> int | None:
    """What tells a drawing operation from others."""
    return ctypes.cast(thing, ctypes.c_void_p).value


def _objects(page: Any) -> Iterator[tuple]:
    """All drawing operations of a page with the matrices around them, those of its forms in their place."""
    import pypdfium2.raw as pdfium

    seen = 0
    count = pdfium.FPDFPage_CountObjects(page)
    waiting = [(pdfium.FPDFPage_GetObject(page, at), UNIT, 0) for at in reversed(range(count))]
    while waiting:
        thing, matrix, depth = waiting.pop()
        kind = pdfium.FPDFPageObj_GetType(thing)
        seen += 1
        if seen > PDF.most_objects:
            raise TooMuch
        yield thing, kind, matrix
        if kind == FORM and depth < PDF.deepest:
            inner = _times(_matrix(thing), matrix)
            count = max(pdfium.FPDFFormObj_CountObjects(thing), 0)
            inside = [pdfium.FPDFFormObj_GetObject(thing, at) for at in reversed(range(count))]
            waiting += [(one, inner, depth + 1) for one in inside]


def _stands_for_another(text: Any) -> bool:
    """Tell whether a text says itself what it means, as programs do that print ligatures or radicals."""
    import pypdfium2.raw as pdfium

    marks = [pdfium.FPDFPageObj_GetMark(text, at) for at in range(pdfium.FPDFPageObj_CountMarks(text))]
    return any(pdfium.FPDFPageObjMark_GetParamValueType(mark, MEANT) for mark in marks)


def _boxes(path: Any, matrix: Matrix, frame: Frame) -> Iterator[Box]:
    """Rules of a path, its straight strokes and its boxes as thin as rules; and the boxes that it fills."""
    import pypdfium2.raw as pdfium

    fill, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(path, fill, stroke)
    for points in _subpaths(path) if fill.value or stroke.value else ():
        places = [frame(*move_point(x, y, matrix)) for x, y in points]
        if _is_thin(_hull(places)):
            yield _hull(places)
            continue
        sides = [_hull((one, two)) for one, two in pairwise(places) if one != two]
        if stroke.value:
            yield from filter(_is_thin, sides)
        if fill.value and 2 < len(sides) < 5 and all(map(_is_thin, sides)):
            yield _hull(places)


def _subpaths(path: Any) -> Iterator[list[tuple[float, float]]]:
    """Points of each subpath, the first again at the end of a closed one."""
    import pypdfium2.raw as pdfium

    x, y = ctypes.c_float(), ctypes.c_float()
    points: list[tuple[float, float]] = []
    for at in range(min(pdfium.FPDFPath_CountSegments(path), PDF.most_objects)):
        segment = pdfium.FPDFPath_GetPathSegment(path, at)
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        if pdfium.FPDFPathSegment_GetType(segment) == MOVE_TO and points:
            yield points
            points = []
        points.append((x.value, y.value))
        if pdfium.FPDFPathSegment_GetClose(segment):
            points.append(points[0])
    if points:
        yield points


def _matrix(thing: Any) -> Matrix:
    import pypdfium2.raw as pdfium

    own = pdfium.FS_MATRIX()
    pdfium.FPDFPageObj_GetMatrix(thing, own)
    return own.a, own.b, own.c, own.d, own.e, own.f


def move_point(x: float, y: float, m: Matrix) -> tuple[float, float]:
    """A place in a drawing as a place on what it is drawn on."""
    return x * m[0] + y * m[2] + m[4], x * m[1] + y * m[3] + m[5]


def _times(m: Matrix, n: Matrix) -> Matrix:
    """The matrix that does `m` first, then `n`."""
    if n == UNIT:
        return m
    a, b = (m[0] * n[0] + m[1] * n[2], m[0] * n[1] + m[1] * n[3])
    c, d = (m[2] * n[0] + m[3] * n[2], m[2] * n[1] + m[3] * n[3])
    return a, b, c, d, *move_point(m[4], m[5], n)


def _hull(points: Iterable[tuple[float, float]]) -> Box:
    xs, ys = zip(*points, strict=True)
    return min(xs), min(ys), max(xs), max(ys)


def _is_thin(box: Box) -> bool:
    low, high = sorted((box[2] - box[0], box[3] - box[1]))
    return low <= PDF.thin and (high > PDF.thin or high > 2 * low)


def _meets(box: Box, page: Box) -> bool:
    """Tell whether a box stands on the page; one whose sides are no numbers does not."""
    return box[0] <= page[2] and box[2] >= page[0] and box[1] <= page[3] and box[3] >= page[1]


def _within(box: Box, page: Box) -> Box:
    """The part of a box on the page, or just off it."""
    x0, y0, x1, y1 = page
    return max(box[0], x0 - 1), max(box[1], y0 - 1), min(box[2], x1 + 1), min(box[3], y1 + 1)


def _area(box: Box) -> float:
    return (box[2] - box[0]) * (box[3] - box[1])


def turn_box(box: Box, frame: Frame) -> Box:
    """A box of the file as a box of the upright page."""
    return _hull([frame(*box[:2]), frame(*box[2:])])
