"""Lines of letters on a page.

In: a `Page`, its ruling. Out: `Line`s of a cell or of prose: pictures to read, strokes. Next: `page`.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from govtables.readers.limits import LIMITS, check_limit
from govtables.readers.ruled import Box, Table, part
from govtables.readers.scan.readings import Strokes
from govtables.readers.scan.settings import SCAN
from govtables.readers.scan.tables import Page


class Layers(NamedTuple):
    """The page on white paper without ruling, its pieces of ink (x0, y0, x1, y1), red ink and the ruling."""

    paper: np.ndarray
    pieces: np.ndarray
    red: np.ndarray
    rules: np.ndarray
    letter: float


class Line(NamedTuple):
    """A line: its top, two pictures of it for two readings, its strokes."""

    top: int
    crop: np.ndarray
    again: np.ndarray
    strokes: Strokes

    def wide(self) -> float:
        """Width to height."""
        return self.crop.shape[1] / self.crop.shape[0]


def split_layers(page: Page, across: np.ndarray, down: np.ndarray, tables: Sequence[Table]) -> Layers:
    """Take the ruling off and even out the light."""
    import cv2

    rules = np.zeros_like(page.ink)
    for x0, y0, x1, y1 in (rule for table in tables for rule in table.sides):
        side = slice(max(0, y0), y1), slice(max(0, x0), x1)
        rules[side] = across[side] if x1 - x0 > y1 - y0 else down[side]
    wide = cv2.dilate(rules, np.ones((3, 3), np.uint8))
    size = 2 * round(page.letter / 2) + 1
    light = cv2.morphologyEx(page.grey, cv2.MORPH_CLOSE, np.ones((size, size), np.uint8))
    light = cv2.blur(light, (size, size))
    paper = cv2.divide(page.grey, cv2.max(light, 60), scale=255)
    paper[cv2.dilate(wide, np.ones((3, 3), np.uint8)) > 0] = 255
    ink = np.where(wide > 0, 0, page.ink).astype(np.uint8)
    sizes = cv2.connectedComponentsWithStats(ink)[2][1:]
    check_limit(len(sizes), LIMITS.specks, "readers.specks")
    boxes = np.column_stack([sizes[:, 0], sizes[:, 1], sizes[:, 0] + sizes[:, 2], sizes[:, 1] + sizes[:, 3]])
    return Layers(paper, boxes, page.red, wide, page.letter)


def find_lines(layers: Layers, box: Box) -> list[Line] | None:
    """Lines of a cell; none when it is blank, `None` when it holds ink that is no letter."""
    x0, y0, x1, y1 = box
    edge = max(2, round(0.1 * layers.letter))
    inner = x0 + edge, y0 + edge, x1 - edge, y1 - edge
    ink = _inside(layers.pieces, inner)
    kept = _letters(layers, ink, inner)
    if not kept.any():
        return None if _has_traces(layers, inner) else []
    return [_line(layers, some, inner, ink[~kept]) for some in _by_height(ink[kept], layers.letter)]


def _inside(pieces: np.ndarray, box: Box) -> np.ndarray:
    """Pieces whose middle stands in a box."""
    x, y = (pieces[:, 0] + pieces[:, 2]) / 2, (pieces[:, 1] + pieces[:, 3]) / 2
    return pieces[(x > box[0]) & (x < box[2]) & (y > box[1]) & (y < box[3])]


def _letters(layers: Layers, pieces: np.ndarray, box: Box) -> np.ndarray:
    """Tell pieces that are no specks, nor what a rule left at the edge."""
    size = pieces[:, 2:] - pieces[:, :2]
    edge = 0.12 * layers.letter
    low, high = pieces[:, :2] < np.array(box[:2]) + edge, pieces[:, 2:] > np.array(box[2:]) - edge
    at_edge = low.any(axis=1) | high.any(axis=1)
    thin = size.min(axis=1) <= 0.15 * layers.letter
    longest = size.max(axis=1)  # a one is as high as a letter
    thin &= (longest < 0.4 * layers.letter) | (longest > SCAN.one_line * layers.letter)
    return _no_specks(size, layers.letter) & ~(thin & at_edge)


def _no_specks(size: np.ndarray, letter: float) -> np.ndarray:
    """Tell letters and dashes from dust, which may be as large as a point or comma."""
    wide, high = size[:, 0], size[:, 1]
    is_dash = (wide >= SCAN.flat * high) & (wide >= SCAN.speck * letter)
    return (size.max(axis=1) >= SCAN.least * letter) | is_dash


def _has_traces(layers: Layers, box: Box) -> bool:
    """Tell whether a cell without letters holds more than specks: something faint, or under a stamp."""
    import cv2

    x0, y0, x1, y1 = box
    if x1 - x0 < 3 or y1 - y0 < 3:
        return False
    paper = cv2.medianBlur(np.ascontiguousarray(layers.paper[y0:y1, x0:x1]), 3)
    faint = float(np.median(paper)) - float(paper.min()) > SCAN.faint
    return faint or bool(layers.red[y0:y1, x0:x1].mean() > 40)


def _by_height(pieces: np.ndarray, letter: float) -> list[np.ndarray]:
    """Cut pieces into lines where no ink stands between them."""
    runs = _apart(pieces, 1)
    joined = part(runs, lambda before, run: run[:, 3].max() - before[0][:, 1].min() > SCAN.one_line * letter)
    return [np.concatenate(line) for line in joined]


def _apart(pieces: np.ndarray, axis: int, gap: float = -0.5) -> list[np.ndarray]:
    """Pieces (x0, y0, x1, y1) in order along an axis, parted at wider gaps; what only touches is apart."""
    order = pieces[np.argsort(pieces[:, axis], kind="stable")]
    ends = np.maximum.accumulate(order[:, axis + 2])
    cuts = np.nonzero(order[1:, axis] - ends[:-1] > gap)[0] + 1
    return np.split(order, cuts) if len(order) else []


def _line(layers: Layers, pieces: np.ndarray, box: Box, dust: np.ndarray) -> Line:
    """Draw a line for its two readings; `dust` are small pieces around it, one may be left of a sign."""
    x0, y0 = pieces[:, :2].min(axis=0)
    x1, y1 = pieces[:, 2:].max(axis=0)
    crops = []
    for share in (SCAN.pad, SCAN.pad_again):
        pad = max(2, round(share * max(y1 - y0, 0.7 * layers.letter)))
        left, top = max(x0 - pad, box[0]), max(y0 - pad, box[1])
        right, end = min(x1 + pad, box[2]), min(y1 + pad, box[3])
        ink = x0 - left, y0 - top, x1 - left, y1 - top
        crop = _without_specks(layers.paper[top:end, left:right], dust - (left, top, left, top), ink)
        crops.append(_framed(crop, (y1 - y0) + 2 * pad))
    strokes = _strokes(layers, pieces, (x0, y0, x1, y1), box, dust)
    return Line(int(y0), crops[0], _sharpened(crops[1]), strokes)


def _without_specks(crop: np.ndarray, specks: np.ndarray, ink: Box) -> np.ndarray:
    """White paper for specks around the ink, which change a digit; those in it may be points."""
    x0, y0, x1, y1 = ink
    clean, most = crop.copy(), SCAN.dust * (y1 - y0)
    low, high = specks[:, :2] - SCAN.halo, specks[:, 2:] + SCAN.halo
    near = (high > 0).all(axis=1) & (low < crop.shape[1::-1]).all(axis=1)
    for left, top, right, end in specks[near & (specks[:, 2:] - specks[:, :2] <= most).all(axis=1)]:
        if right <= x0 or left >= x1 or end <= y0 or top >= y1:
            rows = slice(max(0, top - SCAN.halo), max(0, end + SCAN.halo))
            clean[rows, max(0, left - SCAN.halo) : max(0, right + SCAN.halo)] = 255
    clean[y0:y1, x0:x1] = crop[y0:y1, x0:x1]
    return clean


def _strokes(layers: Layers, pieces: np.ndarray, ink: Box, box: Box, dust: np.ndarray) -> Strokes:
    x0, y0, x1, y1 = ink
    high, letter = y1 - y0, layers.letter
    size = pieces[:, 2:] - pieces[:, :2]
    tall = pieces[size[:, 1] >= SCAN.tall * high]
    runs = [(int(run[:, 0].min()), int(run[:, 2].max())) for run in _apart(tall, 0)]  # from left to right
    base = np.median(tall[:, 3]) if len(tall) else y1
    marks = np.concatenate([pieces, _inside(dust, (x0, base - 0.5 * high, x1, base + 0.5 * high))])
    gaps = [b[0] - a[1] for a, b in zip(runs, runs[1:], strict=False)]
    beside = round(0.6 * letter)  # a digit that a stamp hides wholly
    sign = _inside(dust, (x0 - 1.2 * letter, y0 + 0.2 * high, x0, y1 - 0.15 * high))
    sign = sign[:, 2:] - sign[:, :2]
    flat = size[:, 0] >= SCAN.flat * size[:, 1]
    is_sign = sign[:, 0] >= np.maximum(SCAN.sign * high, SCAN.flat * sign[:, 1])
    return Strokes(
        digits=sum(max(1, round((b - a) / high / SCAN.pitch + SCAN.touch)) for a, b in runs),
        dashes=int((flat & (size[:, 1] < SCAN.tall * high)).sum()),
        tails=int((marks[:, 3] > base + SCAN.tail * high).sum()),
        gaps=sum(gap > SCAN.wide_gap * max(high, 0.5 * letter) for gap in gaps),
        slant=_slant(layers, pieces[0]) if len(pieces) == 1 else 0.0,
        covered=bool(layers.red[y0:y1, max(0, x0 - beside) : x1 + beside].any()),
        cut=bool(x0 <= box[0] or x1 >= box[2] or y0 <= box[1] or y1 >= box[3] or is_sign.any()),
        bar=bool(flat.all() and high < SCAN.bar * letter),
    )


def _slant(layers: Layers, piece: np.ndarray) -> float:
    """How far a single stroke leans to the right, as a share of its height."""
    x0, y0, x1, y1 = piece
    y, x = np.nonzero(layers.paper[y0:y1, x0:x1] < SCAN.inked)
    return float(-np.polyfit(y, x, 1)[0]) if len(y) > 8 and np.ptp(y) > 4 else 0.0


def _framed(crop: np.ndarray, high: int) -> np.ndarray:
    """White paper above and below, where the cell is too low for it."""
    import cv2

    missing = max(0, high - crop.shape[0])
    above = missing // 2
    return cv2.copyMakeBorder(crop, above, missing - above, 0, 0, cv2.BORDER_CONSTANT, value=255)


def _sharpened(crop: np.ndarray) -> np.ndarray:
    """Ink made black and paper white, so that the second reading sees another picture."""
    import cv2

    level, _ = cv2.threshold(crop, 0, 255, cv2.THRESH_BINARY | cv2.THRESH_OTSU)
    return np.clip((crop.astype(np.float32) - level) * 3 + 128, 0, 255).astype(np.uint8)


def prose_lines(layers: Layers, tables: Sequence[Table]) -> list[list[Line]]:
    """Rows of lines outside the tables, from the top; wide gaps part a row."""
    pieces = layers.pieces
    size = pieces[:, 2:] - pieces[:, :2]
    pieces = pieces[_no_specks(size, layers.letter) & (size.max(axis=1) < 8 * layers.letter)]
    near = 0.3 * layers.letter
    for _, y0, _, y1 in (table.box() for table in tables):
        middle = (pieces[:, 1] + pieces[:, 3]) / 2
        pieces = pieces[(middle < y0 - near) | (middle > y1 + near)]
    box, gap = (0, 0, *layers.paper.shape[::-1]), SCAN.part * layers.letter
    rows = [_apart(row, 0, gap) for row in _by_height(pieces, layers.letter)]
    return [[_line(layers, some, box, pieces[:0]) for some in row] for row in rows]
