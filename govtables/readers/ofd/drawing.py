"""What stands on a page of an OFD file, as operators of PDF.

In: elements of a page, its resources. Out: a `Page`. Next: `printing`.

Places are millimetres from the top left; an object has a boundary, which clips it, and measures of its own.
"""

import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple
from xml.etree.ElementTree import Element

from govtables.readers.limits import check_limit
from govtables.readers.pdf.drawings import UNIT, Matrix, move_point
from govtables.readers.pdf.settings import PDF
from govtables.readers.pdf.words import UNKNOWN

NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")
STEP = re.compile(rf"[SMLQBAC]|{NUMBER.pattern}")
LARGEST = 1e6  # millimetres
WIDTH = 0.353  # of a line that says none
CROWDED = 0.13  # sizes between characters that have no places: they stand on one another
SLACK = 0.15  # sizes that a text may reach over its boundary: another font stands for its own
TAKES = {"S": 2, "M": 2, "L": 2, "Q": 4, "B": 6, "A": 7, "C": 0}  # numbers behind a step of a path
COLOURS = {1: "g", 3: "rg", 4: "k"}
FULL = 255
MODES = {(True, False): 0, (False, True): 1, (True, True): 2, (False, False): 3}  # of text: filled, stroked


@dataclass(slots=True)
class Page:
    """A page on its way to PDF: its box, what it refers to, operators."""

    box: Sequence[float]
    resources: Mapping[str | None, Element]
    content: list[str] = field(default_factory=list)
    size: int = 0

    def write(self, *operators: str) -> None:
        """Add operators."""
        self.size += sum(map(len, operators)) + len(operators)
        check_limit(self.size, PDF.most_content, "readers.ofd_much")
        self.content += operators


class State(NamedTuple):
    """What the drawings around one say of it."""

    shown: bool = True
    opaque: float = 1.0
    looks: tuple[Element, ...] = ()
    depth: int = 0


def numbers(text: str | None) -> list[float]:
    """The numbers of a text, as far as a page can have them."""
    return [max(-LARGEST, min(LARGEST, float(one))) for one in NUMBER.findall(text or "")]


def draw(page: Page, things: Iterable[Element], around: State = State()) -> Page:
    """Draw the layers and notes of a page, or what stands inside one of them, from the bottom."""
    check_limit(around.depth, PDF.deepest, "readers.ofd_much")
    for thing in things:
        looks = (*_looks(page, thing.get("drawparam")), *around.looks)
        shown = around.shown and thing.get("visible") != "false"
        state = State(shown, around.opaque * _share(thing), looks, around.depth + 1)
        if kind := KINDS.get(thing.tag):
            page.write("q", *_placed(thing, state))
            kind(page, thing, state)
            page.write("Q")
    return page


def _looks(page: Page, name: str | None) -> Iterator[Element]:
    """A set of looks and those that it rests on."""
    for _ in range(PDF.deepest):
        if (found := page.resources.get(name)) is None:
            return
        yield found
        name = found.get("relative")


def _draw_unit(page: Page, thing: Element, state: State) -> None:
    """Draw what stands in a block, or in the unit that an object refers to."""
    unit = page.resources.get(thing.get("resourceid"))
    draw(page, thing if unit is None else unit.iterfind("Content/*"), state)


# -- places, colours, paths --


def _say(*values: float) -> str:
    return " ".join([f"{value:.4f}".rstrip("0").rstrip(".") for value in values])


def _number(thing: Element, key: str, default: float) -> float:
    return next(iter(numbers(thing.get(key))), default)


def _share(thing: Element) -> float:
    """How opaque something is, as a share."""
    return max(0.0, min(1.0, _number(thing, "alpha", FULL) / FULL))


def _placed(thing: Element, state: State) -> Iterator[str]:
    """Move to an object, clip it, and take its own measures."""
    box, matrix = numbers(thing.get("boundary")), numbers(thing.get("ctm"))
    if len(box) == 4:
        stretch = max(map(abs, matrix[:4] or [1]))
        beside = 0.0 if thing.tag == "TextObject" else _line_width(thing, state)
        above = beside or SLACK * _number(thing, "size", 0) * stretch
        yield f"{_say(1, 0, 0, 1, *box[:2])} cm"
        yield f"{_say(-beside, -above, box[2] + 2 * beside, box[3] + 2 * above)} re W n"
    if len(matrix) == 6:
        yield f"{_say(*matrix)} cm"
    for clip in thing.iterfind("Clips/Clip"):
        steps = []
        for area in clip.iterfind("Area"):
            own = numbers(area.get("ctm"))
            for path in area.iterfind("Path"):
                steps += _steps(path, (*own,) if len(own) == 6 else UNIT, numbers(path.get("boundary")))
        yield f"{' '.join(steps) or '0 0 0 0 re'} W n"  # what letters clip is not sure to be seen


def _line_width(thing: Element, state: State) -> float:
    told = next((one for one in (thing, *state.looks) if one.get("linewidth")), thing)
    return abs(_number(told, "linewidth", WIDTH))


def _paints(thing: Element, state: State, fill: bool, stroke: bool) -> Iterator[str]:
    """Choose colours to fill and to stroke with: black where none is told, white for what is not resolved."""
    for tag, kind in [("FillColor", "F")] * fill + [("StrokeColor", "S")] * stroke:
        told = [one for looks in (thing, *state.looks) for one in looks.iterfind(tag)]
        found = told[0] if told else Element(tag, value="0")
        levels = [level / FULL for level in numbers(found.get("value") or found.findtext("Value"))]
        levels = levels if len(levels) in COLOURS else [1.0]
        look, operator = round(FULL * state.opaque * _share(found)), COLOURS[len(levels)]
        yield f"/{kind}{look} gs {_say(*levels)} {operator.upper() if kind == 'S' else operator}"


def _draw_path(page: Page, thing: Element, state: State) -> None:
    stroke, fill = thing.get("stroke") != "false", thing.get("fill") == "true"
    if state.shown and (stroke or fill):
        how = ("B" if stroke else "f") if fill else "S"
        holes = "*" if fill and thing.get("rule") == "Even-Odd" else ""
        page.write(f"{_say(_line_width(thing, state))} w", *_paints(thing, state, fill, stroke))
        page.write(*_steps(thing, UNIT, ()), how + holes)


def _steps(path: Element, matrix: Matrix, start: Sequence[float]) -> Iterator[str]:
    """The steps of a path; a curve goes by the points that it bends to, so that it covers no less."""
    tokens = STEP.findall(path.findtext("AbbreviatedData") or "")
    left, top = [*start, 0.0, 0.0][:2]
    at, last = 0, (0.0, 0.0)
    while at < len(tokens) and (count := TAKES.get(tokens[at])) is not None:
        values = numbers(" ".join(tokens[at + 1 : at + 1 + count]))
        points = [*zip(values[::2], values[1::2], strict=False)]
        if tokens[at] == "A" and len(values) == count:
            points = _bowed(last, values)
        operator = "m" if tokens[at] in "SM" else "l"
        for last in points:
            yield f"{_say(*move_point(last[0] + left, last[1] + top, matrix))} {operator}"
        if tokens[at] == "C":
            yield "h"
        at += 1 + len(values)


def _bowed(start: tuple[float, float], arc: Sequence[float]) -> list[tuple[float, float]]:
    """Points around an arc: its radii, an angle, whether it is the long one, and clockwise, its end."""
    end = arc[5], arc[6]
    across, down = end[0] - start[0], end[1] - start[1]
    far = math.hypot(across, down)
    radius = max(arc[0], arc[1], far / 2)
    rest = math.sqrt(radius * radius - far * far / 4)
    bow = (radius + rest if arc[3] else radius - rest) / (far or 1.0) * (1 if arc[4] else -1)
    return [*[(x + bow * down, y - bow * across) for x, y in (start, end)], end]


# -- texts and pictures --


def _draw_text(page: Page, thing: Element, state: State) -> None:
    fill, stroke = thing.get("fill") != "false", thing.get("stroke") == "true"
    size, wide = _number(thing, "size", 0), _number(thing, "hscale", 1)
    turn = math.radians(_number(thing, "chardirection", 0))
    turned = wide * math.cos(turn), wide * math.sin(turn), math.sin(turn), -math.cos(turn)
    page.write("BT", *_paints(thing, state, fill, stroke))
    page.write(f"{MODES[state.shown and fill, state.shown and stroke]} Tr /T {_say(size)} Tf")
    x = y = 0.0
    for code in thing.iterfind("TextCode"):
        x, y = _number(code, "x", x), _number(code, "y", y)
        glyphs = numbers(thing.findtext("CGTransform/Glyphs"))
        text = (code.text or "").strip("\r\n\t") or UNKNOWN * len(glyphs)
        right, down = (_offsets(code.get(name), len(text)) for name in ("deltax", "deltay"))
        steps = right or [0.0 if down else CROWDED * size] * len(text)
        if down or turn or not wide * size:
            u, v = x, y
            for at, letter in enumerate(text):
                page.write(f"{_say(*turned, u, v)} Tm {_code(letter)} Tj")
                u, v = u + steps[at], v + (down[at] if down else 0.0)
        else:  # one piece, as a number is
            pairs = zip(text, steps, strict=True)
            gaps = [(one, 1000 * (width_of(one) - step / (wide * size))) for one, step in pairs]
            told = "".join([f"{_code(one)}{gap:.2f}" for one, gap in gaps])
            page.write(f"{_say(*turned, x, y)} Tm [{told}] TJ")
    page.write("ET")


def _code(letter: str) -> str:
    return f"<{min(ord(letter), ord(UNKNOWN)):04X}>"


def width_of(letter: str) -> float:
    """How wide a character is, in sizes: near enough that no PDF library sees blanks between digits."""
    return 0.333 if letter == " " else 0.5 if "0" <= letter <= "9" else 0.45 if letter <= "~" else 1.0


def _offsets(text: str | None, count: int) -> list[float]:
    """Steps from each of `count` characters to the next; `g 3 5` is three times 5, the last one goes on."""
    tokens, found = iter((text or "").split()), []
    for token in tokens:
        if len(found) < count:
            times = int(max([0.0, *numbers(next(tokens, None))[:1]])) if token == "g" else 1
            found += numbers(next(tokens, None) if token == "g" else token)[:1] * min(times, count)
    return (found + found[-1:] * (count - len(found)))[:count]


def _draw_picture(page: Page, thing: Element, state: State) -> None:
    """A black box for a picture: it covers what is under it, and no print over it is sure to be seen."""
    box = numbers(thing.get("boundary"))
    if state.shown and state.opaque:
        own = "" if thing.get("ctm") or len(box) < 4 else f"{_say(box[2], 0, 0, box[3], 0, 0)} cm "
        page.write(f"{own}/F{FULL} gs /P Do")


KINDS = {"TextObject": _draw_text, "PathObject": _draw_path, "ImageObject": _draw_picture}
KINDS |= dict.fromkeys(("Layer", "PageBlock", "CompositeObject", "Annot", "Appearance"), _draw_unit)
