"""OFD files (GB/T 33190), written by hand as programs write them: a canvas with the methods of reportlab's.

In: what is drawn. Out: a ZIP container of XML. Next: `report`.

Habits differ: a text is one object or one a character, stands in points under a matrix or in millimetres,
names its colour or a set of looks; rules are paths of the page or of a template under it.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from itertools import groupby
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile

K = 25.4 / 72  # millimetres of a point
NAMESPACE = 'xmlns:ofd="http://www.ofdspec.org/2016"'
HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
ENTRANCE = (
    f'<ofd:OFD {NAMESPACE} Version="1.0" DocType="OFD"><ofd:DocBody><ofd:DocInfo><ofd:DocID>1</ofd:DocID>'
    "</ofd:DocInfo><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>"
)
Matrix = tuple[float, float, float, float, float, float]


@dataclass(frozen=True, slots=True)
class Habits:
    """How a program writes OFD."""

    apart: bool = False  # an object for each character
    matrix: bool = False  # objects in points
    looks: bool = False  # colours by a set of looks
    template: bool = False  # rules under the page
    runs: bool = True  # equal steps are written once
    slack: float = 0.0  # millimetres around a text in its boundary


class OfdCanvas:
    """A canvas that writes OFD; it measures as reportlab's does, from the bottom left in points."""

    def __init__(self, file: io.BytesIO, pagesize: tuple[float, float], habits: Habits) -> None:
        self.file, self.habits = file, habits
        self.wide, self.high = pagesize
        self.pages: list[tuple[str, str]] = []
        self.texts: list[str] = []
        self.paths: list[str] = []
        self.looks: dict[str, int] = {}
        self.font, self.size, self.weight, self.dash = "", 10.0, 1.0, ""
        self.fill = self.stroke = "0 0 0"
        self.matrix: Matrix = (1, 0, 0, 1, 0, 0)
        self.saved: list[tuple] = []
        self.count = 100

    # the names and measures of reportlab's canvas

    def setFont(self, font: str, size: float) -> None:
        self.font, self.size = font, size

    def setFillColorRGB(self, *levels: float) -> None:
        self.fill = " ".join(str(round(255 * level)) for level in levels)

    def setStrokeColorRGB(self, *levels: float) -> None:
        self.stroke = " ".join(str(round(255 * level)) for level in levels)

    def setLineWidth(self, weight: float) -> None:
        self.weight = weight

    def setDash(self, dash: list[float]) -> None:
        self.dash = " ".join(f"{one * K:.3f}" for one in dash)

    def setPageRotation(self, _: int) -> None:
        """Turn the paper: an OFD page has no turn of its own, so that its texts stay turned."""
        self.wide, self.high = sorted((self.wide, self.high))

    def saveState(self) -> None:
        self.saved.append((self.matrix, self.font, self.size, self.fill, self.stroke))

    def restoreState(self) -> None:
        self.matrix, self.font, self.size, self.fill, self.stroke = self.saved.pop()

    def translate(self, x: float, y: float) -> None:
        a, b, c, d, e, f = self.matrix
        self.matrix = (a, b, c, d, x * a + y * c + e, x * b + y * d + f)

    def rotate(self, degrees: int) -> None:
        a, b, c, d, e, f = self.matrix
        assert degrees == 90
        self.matrix = (c, d, -a, -b, e, f)

    def stringWidth(self, text: str, font: str, size: float) -> float:
        from reportlab.pdfbase.pdfmetrics import stringWidth

        return stringWidth(text, font, size)

    def _identify(self) -> int:
        self.count += 1
        return self.count

    def _place(self, x: float, y: float) -> tuple[float, float]:
        """A place as OFD measures it."""
        a, b, c, d, e, f = self.matrix
        return (x * a + y * c + e) * K, (self.high - (x * b + y * d + f)) * K

    def _colour(self, kind: str, colour: str) -> tuple[str, str]:
        """An attribute and an element that give an object its colour."""
        if self.habits.looks:
            number = self.looks.setdefault(f"<ofd:{kind} Value='{colour}'/>", self._identify())
            return f' DrawParam="{number}"', ""
        return "", f'<ofd:{kind} Value="{colour}"/>' if colour != "0 0 0" else ""

    def drawCentredString(self, x: float, y: float, text: str) -> None:
        self.drawString(x - self.stringWidth(text, self.font, self.size) / 2, y, text)

    def drawString(self, x: float, y: float, text: str) -> None:
        widths = [self.stringWidth(one, self.font, self.size) for one in text]
        if self.habits.apart:
            for one, wide in zip(text, widths, strict=True):
                self._write(x, y, one, [wide])
                x += wide
        elif text:
            self._write(x, y, text, widths)

    def _write(self, x: float, y: float, text: str, widths: list[float]) -> None:
        habits, long = self.habits, sum(widths)
        unit = 1.0 if habits.matrix else K
        (left, top), turned = self._place(x, y), self.matrix[0] == 0
        ascent, drop = 0.88 * self.size, 0.12 * self.size
        wide, high = (ascent + drop, long) if turned else (long, ascent + drop)
        box = (left - ascent * K, top - long * K) if turned else (left, top - ascent * K)
        x0, y0 = (ascent, long) if turned else (0, ascent)  # in the box, in points
        slack = habits.slack
        box = (box[0] - slack, box[1] - slack, wide * K + 2 * slack, high * K + 2 * slack)
        scale = K / unit
        part = (0, -scale, scale, 0) if turned else (scale, 0, 0, scale)
        ctm = (*part, x0 * K + slack, y0 * K + slack)
        plain = not (turned or habits.matrix)
        start = (x0 * unit + slack, y0 * unit + slack) if plain else (0, 0)
        how = "" if plain else f' CTM="{say(ctm)}"'
        steps = [round(one * unit, 3) for one in widths[:-1]]
        grouped = [(step, len(list(run))) for step, run in groupby(steps)]
        short = [
            f"g {n} {step}" if n > 2 and habits.runs else " ".join([str(step)] * n) for step, n in grouped
        ]
        deltas = f' DeltaX="{" ".join(short)}"' if steps else ""
        attribute, colour = self._colour("FillColor", self.fill)
        begun = f'<ofd:TextObject ID="{self._identify()}" Boundary="{say(box)}" Font="1"'
        code = f'<ofd:TextCode X="{start[0]:.4f}" Y="{start[1]:.4f}"{deltas}>{escape(text)}</ofd:TextCode>'
        self.texts.append(
            f'{begun} Size="{self.size * unit:.4f}"{how}{attribute}>{colour}{code}</ofd:TextObject>'
        )

    def rect(self, x: float, y: float, wide: float, high: float, stroke: int, fill: int) -> None:
        corners = [self._place(x, y), self._place(x + wide, y + high)]
        (x0, x1), (y0, y1) = (sorted(side) for side in zip(*corners, strict=True))
        steps = [("M", x0, y0), ("L", x1, y0), ("L", x1, y1), ("L", x0, y1), ("C",)]
        self._draw(steps, (x0, y0, x1 - x0, y1 - y0), stroke, fill)

    def line(self, x0: float, y0: float, x1: float, y1: float) -> None:
        ends = [self._place(x0, y0), self._place(x1, y1)]
        left, top = (min(side) for side in zip(*ends, strict=True))
        wide, high = (max(side) - min(side) for side in zip(*ends, strict=True))
        self._draw([("M", *ends[0]), ("L", *ends[1])], (left, top, wide, high), 1, 0)

    def _draw(self, steps: list[tuple], box: tuple[float, ...], stroke: int, fill: int) -> None:
        half = self.weight * K / 2
        left, top = box[0] - half, box[1] - half
        inside = " ".join(
            " ".join([step, *(f"{value - (left, top)[n % 2]:.4f}" for n, value in enumerate(values))])
            for step, *values in steps
        )
        kinds = [("StrokeColor", self.stroke)] * stroke + [("FillColor", self.fill)] * fill
        colours = [f'<ofd:{kind} Value="{colour}"/>' for kind, colour in kinds]
        how = ("" if stroke else ' Stroke="false"') + (' Fill="true"' if fill else "")
        dash = f' DashPattern="{self.dash}"' if self.dash else ""
        around = say((left, top, box[2] + 2 * half, box[3] + 2 * half))
        self.paths.append(
            f'<ofd:PathObject ID="{self._identify()}" Boundary="{around}"'
            f' LineWidth="{self.weight * K:.4f}"{how}{dash}>{"".join(colours)}'
            f"<ofd:AbbreviatedData>{inside}</ofd:AbbreviatedData></ofd:PathObject>"
        )
        if not self.habits.template:  # what is drawn later stands above
            self.texts.append(self.paths.pop())

    def showPage(self) -> None:
        self.pages.append(("".join(self.paths), "".join(self.texts)))
        self.texts, self.paths = [], []
        self.matrix = (1, 0, 0, 1, 0, 0)

    def save(self) -> None:
        """Write the file."""
        self.showPage()
        box = f"0 0 {self.wide * K:.3f} {self.high * K:.3f}"
        parts = {"OFD.xml": ENTRANCE}
        listed, templates = "", ""
        for n, (below, above) in enumerate(self.pages):
            used = ""
            if below:
                templates += f'<ofd:TemplatePage ID="{9000 + n}" BaseLoc="Tpls/Tpl_{n}/Content.xml"/>'
                used = f'<ofd:Template TemplateID="{9000 + n}" ZOrder="Background"/>'
                parts[f"Doc_0/Tpls/Tpl_{n}/Content.xml"] = page(box, "", below)
            listed += f'<ofd:Page ID="{8000 + n}" BaseLoc="Pages/Page_{n}/Content.xml"/>'
            parts[f"Doc_0/Pages/Page_{n}/Content.xml"] = page(box, used, above)
        sets = [f'<ofd:DrawParam ID="{number}">{look}</ofd:DrawParam>' for look, number in self.looks.items()]
        parts["Doc_0/PublicRes.xml"] = (
            f'<ofd:Res {NAMESPACE} BaseLoc="Res"><ofd:DrawParams>{"".join(sets)}</ofd:DrawParams><ofd:Fonts>'
            '<ofd:Font ID="1" FontName="宋体" FamilyName="宋体"/></ofd:Fonts></ofd:Res>'
        )
        parts["Doc_0/Document.xml"] = (
            f"<ofd:Document {NAMESPACE}><ofd:CommonData><ofd:MaxUnitID>9999</ofd:MaxUnitID><ofd:PageArea>"
            f"<ofd:PhysicalBox>{box}</ofd:PhysicalBox></ofd:PageArea><ofd:PublicRes>PublicRes.xml"
            f"</ofd:PublicRes>{templates}</ofd:CommonData><ofd:Pages>{listed}</ofd:Pages></ofd:Document>"
        )
        with ZipFile(self.file, "w", ZIP_DEFLATED) as archive:
            for name, text in parts.items():
                archive.writestr(name, HEAD + text)


def say(values: tuple[float, ...]) -> str:
    """Write numbers as an attribute has them."""
    return " ".join(f"{value:.4f}" for value in values)


def page(box: str, used: str, content: str) -> str:
    """Write a page, or a template."""
    return (
        f"<ofd:Page {NAMESPACE}>{used}<ofd:Area><ofd:PhysicalBox>{box}</ofd:PhysicalBox></ofd:Area>"
        f'<ofd:Content><ofd:Layer ID="1" Type="Body">{content}</ofd:Layer></ofd:Content></ofd:Page>'
    )
