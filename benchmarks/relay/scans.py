"""Synthetic annual reports as scans, whose every cell is known.

In: a seed, a generation of the form, dots an inch, whether to damage the picture. Out: a `Sample`, its bytes a TIFF of several pages, a
PDF of pictures, or a PNG or JPEG of one long page. Next: `python benchmarks/relay/scans.py` lets `govtables.scan` read them.
"""

from __future__ import annotations

import argparse
import functools
import io
import random
import re
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageFont

sys.path[:0] = [str(Path(__file__).resolve().parents[level]) for level in (1, 2)]  # benchmarks, and the package if not installed

from accuracy import SEED_STEP, VERDICTS, judge_report, number, print_aligned, share  # noqa: E402
from synthetic import (  # noqa: E402
    GENERATIONS,
    Block,
    Box,
    Form,
    Rows,
    Sample,
    blanks,
    boxes_of,
    build_form,
    draw_blocks,
    full_width,
    label_spaces,
    make_writer,
    not_applicable,
    place,
    punctuate,
    read_labels,
    read_truth,
    split_labels,
    thousands,
)

BAR_CLEAN, BAR_NOISY, BAR_SECONDS = 0.99, 0.95, 5.0
A4 = 8.27, 11.69  # inches
MARGIN = 0.75  # inches
COLUMNS = {  # widths, as shares of the table
    "disclosure": (0.28, 0.24, 0.24, 0.24),
    "requests": (0.045, 0.1, 0.275, *[0.0829] * 6, 0.0826),
    "disputes": (1 / 15,) * 15,
}
CHANGES = {"blanks": blanks, "not_applicable": not_applicable, "thousands": thousands, "full_width": full_width, "spaces": label_spaces}
DIGITS = ("", "STIXGeneral.ttf", "DejaVuSans.ttf", "DejaVuSerif.ttf")  # fonts of numbers; the first is that of the words
PIECES = re.compile(r"[\d.,+-]+|[A-Za-z]+|.", re.S)  # a number is never broken
RED = (205, 30, 35)


@dataclass(frozen=True, slots=True)
class Look:
    """How one office prints and scans its reports."""

    dpi: int
    digits: str
    size: float  # of the tables, in points
    body: float  # of prose
    rule: float  # weight, in points
    ink: int  # level of black
    left: bool  # labels to the left, not centred
    repeat: bool  # the header again on each page
    grey: bool  # header on grey


def draw_look(rng: random.Random, dpi: int) -> Look:
    """Choose an office's habits."""
    return Look(
        dpi=dpi,
        digits=rng.choice(DIGITS),
        size=rng.choice((8, 9, 9, 10.5)),
        body=rng.choice((12, 14)),
        rule=rng.choice((0.5, 0.75, 1)),
        ink=rng.choice((0, 20, 45)),
        left=rng.random() < 0.5,
        repeat=rng.random() < 0.4,
        grey=rng.random() < 0.25,
    )


# ---------------------------------------------------------------------------------------------------------------------------
# Printing


@functools.cache
def load_font(name: str, pixels: int) -> ImageFont.FreeTypeFont:
    """Load a font by file name; without one, the packaged Chinese font."""
    import matplotlib
    from pylopdf_fonts_zh_cn import sans_path

    return ImageFont.truetype(str(Path(matplotlib.get_data_path(), "fonts", "ttf", name)) if name else str(sans_path()), pixels)


@dataclass(slots=True)
class Press:
    """The pages so far, and how far down the last one is."""

    look: Look
    rng: random.Random
    pages: list[Image.Image]
    down: float = 0.0

    def inch(self, inches: float) -> int:
        """Turn inches into pixels."""
        return round(inches * self.look.dpi)

    def point(self, points: float) -> int:
        """Turn points into pixels."""
        return max(1, round(points * self.look.dpi / 72))

    def pen(self) -> ImageDraw.ImageDraw:
        """Return the pen of the last page."""
        return ImageDraw.Draw(self.pages[-1])

    def turn(self) -> None:
        """Open a page and number it."""
        self.pages.append(Image.new("RGB", (self.inch(A4[0]), self.inch(A4[1])), "white"))
        self.down = self.inch(MARGIN)
        write(self, self.inch(A4[0] / 2), self.inch(A4[1] - 0.5), f"- {len(self.pages)} -", 9)

    def room(self) -> float:
        """Return the height left on the page."""
        return self.inch(A4[1] - MARGIN) - self.down


def font_of(press: Press, piece: str, size: float) -> ImageFont.FreeTypeFont:
    """Numbers have a font of their own."""
    return load_font(press.look.digits if piece.isascii() and piece[0] not in "()" else "", press.point(size))


def width_of(press: Press, text: str, size: float) -> float:
    """Measure a text."""
    return sum(font_of(press, piece, size).getlength(piece) for piece in PIECES.findall(text))


def write(press: Press, x: float, y: float, text: str, size: float) -> None:
    """Write a line from `x`, its base at `y`."""
    for piece in PIECES.findall(text):
        font = font_of(press, piece, size)
        press.pen().text((x, y), piece, font=font, fill=(press.look.ink,) * 3, anchor="ls")
        x += font.getlength(piece)


def wrap(press: Press, text: str, size: float, width: float, indent: float = 0) -> list[str]:
    """Break text into lines of a width."""
    lines: list[str] = []
    for part in text.split("\n"):
        line, left = "", width - indent
        for piece in PIECES.findall(part):
            if line and width_of(press, line + piece, size) > left:
                lines.append(line)
                line, left = "", width
            line += piece
        lines.append(line)
    return lines


def write_paragraph(press: Press, block: Block) -> None:
    """Write a title, a heading or a paragraph."""
    size = 18.0 if block.kind == "title" else press.look.body
    indent = 0 if block.kind in {"title", "heading"} else press.point(2 * size)
    wide = press.inch(A4[0] - 2 * MARGIN)
    for n, line in enumerate(wrap(press, block.text.strip(), size, wide, indent)):
        if press.room() < press.point(1.7 * size):
            press.turn()
        press.down += press.point(1.6 * size)
        x = press.inch(MARGIN) + (indent if n == 0 else 0)
        x = (press.inch(A4[0]) - width_of(press, line, size)) / 2 if block.kind == "title" else x
        write(press, x, press.down, line, size)


@dataclass(slots=True)
class Area:
    """One printed cell: bands, columns, lines."""

    box: Box
    top: int
    end: int
    left: int
    right: int
    lines: list[str]


def write_table(press: Press, name: str, rows: Rows) -> None:
    """Print a table, over as many pages as it takes."""
    size, wide = press.look.size, press.inch(A4[0] - 2 * MARGIN)
    edges = [press.inch(MARGIN)]
    for part in COLUMNS[name]:
        edges.append(edges[-1] + round(part * wide))
    areas = [
        Area(box, r, r + box.down, c, c + box.across, wrap(press, box.text, size, edges[c + box.across] - edges[c] - press.point(5)))
        for r, line in enumerate(place(rows))
        for c, box, _ in line
        if box.role != "filler"
    ]
    heights = find_heights(press, areas, len(rows))
    header = 3 if name == "requests" else 0
    press.down += press.point(8)
    if press.room() < sum(heights[:4]):  # no page ends inside a header
        press.turn()
    first = 0
    for band in range(len(heights) + 1):
        if band == len(heights) or sum(heights[first : band + 1]) > press.room():
            print_bands(press, areas, heights, edges, first, band)
            if band < len(heights):
                press.turn()
                if press.look.repeat and header:
                    print_bands(press, areas, heights, edges, 0, header)
                first = band
    press.down += press.point(10)


def find_heights(press: Press, areas: list[Area], bands: int) -> list[int]:
    """Give every band the height that its cells need."""
    lead, pad = press.point(press.look.size * 1.25), press.point(press.rng.choice((4, 6, 9)))
    heights = [max((len(a.lines) for a in areas if (a.top, a.end) == (r, r + 1)), default=1) * lead + pad for r in range(bands)]
    for area in areas:
        heights[area.end - 1] += max(0, len(area.lines) * lead + pad - sum(heights[area.top : area.end]))
    return heights


def print_bands(press: Press, areas: list[Area], heights: list[int], edges: list[int], first: int, end: int) -> None:
    """Print the part of a table that stands on one page."""
    tops = [round(press.down)]
    for height in heights[first:end]:
        tops.append(tops[-1] + height)
    rule = press.point(press.look.rule)
    for area in areas:
        if area.top >= end or area.end <= first:
            continue
        top, bottom = tops[max(area.top, first) - first], tops[min(area.end, end) - first]
        shade = (225,) * 3 if press.look.grey and area.box.role == "header" else None
        corners = (edges[area.left], top, edges[area.right] + rule - 1, bottom + rule - 1)
        press.pen().rectangle(corners, fill=shade, outline=(press.look.ink,) * 3, width=rule)
        if area.top >= first:
            print_lines(press, area, edges, top, bottom)
    press.down = tops[-1]


def print_lines(press: Press, area: Area, edges: list[int], top: int, bottom: int) -> None:
    """Print the lines of a cell, in its middle."""
    size = press.look.size
    lead = press.point(size * 1.25)
    lines = area.lines[: (bottom - top) // lead]  # what a page break leaves room for
    y = (top + bottom - lead * len(lines)) / 2 + press.point(size * 1.0)
    for line in lines:
        middle = (edges[area.left] + edges[area.right] - width_of(press, line, size)) / 2
        x = edges[area.left] + press.point(3) if press.look.left and area.box.role == "row" else middle
        write(press, x, y, line, size)
        y += lead


def print_report(form: Form, blocks: list[Block], look: Look, rng: random.Random) -> list[Image.Image]:
    """Print a report to pages."""
    press = Press(look, rng, [])
    press.turn()
    for block in blocks:
        if block.kind == "table":
            write_table(press, block.text, form[block.text])
        elif block.kind != "furniture":
            write_paragraph(press, block)
    return press.pages


# ---------------------------------------------------------------------------------------------------------------------------
# What scanners do


def skew(page: Image.Image, rng: random.Random) -> Image.Image:
    """Lay the page aslant."""
    return page.rotate(rng.uniform(-2, 2), Image.Resampling.BICUBIC, fillcolor="white")


def blur(page: Image.Image, rng: random.Random) -> Image.Image:
    """Take the picture out of focus."""
    return page.filter(ImageFilter.GaussianBlur(rng.uniform(0.3, 0.9) * page.width / 1654))


def light(page: Image.Image, rng: random.Random) -> Image.Image:
    """Light the page unevenly."""
    wide, high = page.size
    slope = np.linspace(rng.uniform(0.72, 1), rng.uniform(0.72, 1), wide)[None, :] * np.linspace(rng.uniform(0.8, 1), 1, high)[:, None]
    return Image.fromarray((np.asarray(page) * slope[:, :, None]).astype(np.uint8))


def speckle(page: Image.Image, rng: random.Random) -> Image.Image:
    """Strew dust, dark and light, and grain."""
    pixels = np.asarray(page).astype(np.int16)
    noise = np.random.default_rng(rng.randrange(1 << 30))
    pixels = pixels + noise.normal(0, rng.uniform(1, 6), pixels.shape[:2])[:, :, None]
    for _ in range(rng.randint(200, 1500)):
        y, x, size = int(noise.integers(pixels.shape[0])), int(noise.integers(pixels.shape[1])), int(noise.integers(1, 3))
        pixels[y : y + size, x : x + size] = 255 if noise.random() < 0.2 else noise.integers(0, 140)
    return Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8))


def stamp(page: Image.Image, rng: random.Random) -> Image.Image:
    """Press a red seal on the page, black letters staying black under it."""
    seal = Image.new("RGB", page.size, "white")
    inch = page.width / A4[0]
    radius = 0.8 * inch
    x, y = rng.uniform(0.2, 0.8) * page.width, rng.uniform(0.2, 0.85) * page.height
    pen = ImageDraw.Draw(seal)
    pen.ellipse((x - radius, y - radius, x + radius, y + radius), outline=RED, width=round(0.06 * inch))
    pen.text((x, y), "★", font=load_font("DejaVuSans.ttf", round(0.5 * inch)), fill=RED, anchor="mm")
    pen.text((x, y + 0.45 * inch), "办公室", font=load_font("", round(0.2 * inch)), fill=RED, anchor="mm")
    return Image.fromarray(np.minimum(np.asarray(page), np.asarray(seal)))


def jpeg(page: Image.Image, rng: random.Random) -> Image.Image:
    """Store the page as a small JPEG."""
    file = io.BytesIO()
    page.save(file, "JPEG", quality=rng.randint(35, 75))
    return Image.open(file).convert("RGB")


NOISES: dict[str, tuple[float, Callable[[Image.Image, random.Random], Image.Image]]] = {
    "stamp": (0.3, stamp),
    "skew": (0.6, skew),
    "light": (0.4, light),
    "blur": (0.4, blur),
    "speckle": (0.4, speckle),
    "jpeg": (0.6, jpeg),
}


# ---------------------------------------------------------------------------------------------------------------------------
# A document


def save_scan(pages: list[Image.Image], dpi: int, rng: random.Random) -> tuple[str, bytes]:
    """Save pages as one file; one page alone may be any picture."""
    kind = rng.choice(("TIFF", "PDF"))
    file = io.BytesIO()
    more = {"compression": "tiff_deflate"} if kind == "TIFF" else {}
    pages[0].save(file, kind, save_all=True, append_images=pages[1:], resolution=dpi, **more)
    return kind.lower(), file.getvalue()


def make_scan(seed: int, generation: str, dpi: int, noise: bool) -> tuple[Sample, int]:
    """Make one report and count its pages; the same arguments always give the same bytes."""
    rng = random.Random(seed)
    form = build_form(rng, generation, generation)
    official = {box.code: box.value for box in boxes_of(form) if box.role == "value"}
    blocks = draw_blocks(form, make_writer(rng, generation), False, rng)
    form, blocks = punctuate(form, blocks, wide=rng.random() < 0.4)
    names = [name for name in CHANGES if rng.random() < 0.12]
    for name in names:
        form = CHANGES[name](form, rng)
    form = split_labels(form, rng) if rng.random() < 0.5 else form
    look = draw_look(rng, dpi)
    pages = print_report(form, blocks, look, rng)
    damage = [name for name, (rate, _) in NOISES.items() if noise and rng.random() < rate]
    for name in damage:
        pages = [NOISES[name][1](page, rng) for page in pages]
    kind, data = save_scan(pages, dpi, rng)
    traits = (*names, *damage, look.digits.partition(".")[0] or "Noto", f"{look.size} pt", kind)
    return Sample(f"scan-{seed}.{kind}", data, "scan", generation, traits, read_truth(form, official), read_labels(form)), len(pages)


# ---------------------------------------------------------------------------------------------------------------------------
# Scores


@dataclass(frozen=True, slots=True)
class Job:
    """One scan to make."""

    seed: int
    generation: str
    dpi: int
    noise: bool


@dataclass(frozen=True, slots=True)
class Score:
    """What came out of one document: verdicts of all cells and of those that print something, with and without the audit."""

    job: Job
    traits: tuple[str, ...]
    verdicts: Counter[str]
    printed: Counter[str]
    alone: Counter[str]
    pages: int
    seconds: float
    error: str | None
    examples: tuple[str, ...]


def read_sample(sample: Sample) -> tuple[list, list, str | None, float]:
    """Read a sample; return its cells after and before the audit, the error, CPU seconds of reading."""
    from govtables import run
    from govtables.grid import Document, Unreadable
    from govtables.scan import read_scan

    started = time.process_time()
    try:
        blocks, notes = read_scan(sample.data)
    except Unreadable as problem:
        return [], [], str(problem), time.process_time() - started
    seconds = time.process_time() - started
    result = run._read_document(Document(sample.name, "", "image/tiff", blocks, notes), ())
    before = list(result.cells)
    return run.audit(result).cells, before, result.error, seconds


def by_code(cells: list) -> dict:
    """Index cells of the form by their code."""
    own = [cell for cell in cells if not any(code.startswith("extra.") for code in cell[:3])]
    return {tuple(cell[:3]): (number(cell[3]), str(cell[4])) for cell in own}


def score(job: Job) -> Score:
    """Make a scan, read it and judge it."""
    sample, pages = make_scan(job.seed, job.generation, job.dpi, job.noise)
    after, before, error, seconds = read_sample(sample)
    read = by_code(after)
    judged = list(judge_report(sample, read))
    shows = {code for code, truth in sample.truth.items() if truth.raw}
    raw = {tuple(cell[:3]): (cell.raw, cell.reason, cell.place) for cell in after}
    call = f"make_scan({job.seed}, {job.generation!r}, {job.dpi}, {job.noise}) {'+'.join(sample.noises)}"
    return Score(
        job,
        sample.noises,
        Counter(verdict for _, verdict in judged),
        Counter(verdict for code, verdict in judged if code in shows),
        Counter(verdict for code, verdict in judge_report(sample, by_code(before)) if code in shows),
        pages,
        seconds,
        error,
        tuple(f"{v:8} {call} {'/'.join(c)}: {sample.truth.get(c)} read {read.get(c)} {raw.get(c)}" for c, v in judged if v != "right"),
    )


def plan(documents: int, seed: int, dpi: tuple[int, ...]) -> list[Job]:
    """Deal the documents over generations, dots an inch, clean and noisy ones."""
    return [Job(seed * SEED_STEP + n, GENERATIONS[n // 2 % 2], dpi[n // 4 % len(dpi)], bool(n % 2)) for n in range(documents)]


def summarize(name: str, scores: list[Score]) -> list[str]:
    """Write one line of the result."""
    counts = [sum((getattr(item, part) for item in scores), Counter()) for part in ("verdicts", "printed", "alone")]
    pages = sum(item.pages for item in scores)
    shares = [share(counts[1][verdict], counts[1].total()) for verdict in VERDICTS[:-1]]
    alone = [share(counts[2]["right"], counts[2].total()), str(counts[2]["wrong"])]
    cpu = f"{sum(item.seconds for item in scores) / max(pages, 1):.2f}"
    errors = sum(item.error is not None for item in scores)
    return [name, *map(str, (len(scores), pages, errors, counts[1].total())), *shares, str(counts[0]["wrong"]), *alone, cpu]


HEADER = ["scans", "number", "pages", "errors", "printed", "right %", "missing %", "flagged %", "other %", "silently wrong"]
HEADER += ["right % without audit", "wrong without audit", "CPU s/page"]


def print_scores(scores: list[Score]) -> None:
    """Print the score of clean and noisy scans, by dots an inch, and of each trait."""
    rows = []
    for noise in (False, True):
        for dpi in (*sorted({item.job.dpi for item in scores}), None):
            chosen = [item for item in scores if item.job.noise == noise and dpi in (item.job.dpi, None)]
            rows += [summarize(f"{'noisy' if noise else 'clean'} {dpi or 'all'}", chosen)] if chosen else []
    rows += [summarize(trait, [item for item in scores if trait in item.traits]) for trait in sorted({t for item in scores for t in item.traits})]
    print_aligned(HEADER, rows, 1)


def find_misses(scores: list[Score]) -> Iterator[str]:
    """Say which bars are missed."""
    wrong = sum(item.verdicts["wrong"] for item in scores)
    if wrong:
        yield f"{wrong} cells are silently wrong"
    for noise, bar in ((False, BAR_CLEAN), (True, BAR_NOISY)):
        printed = sum((item.printed for item in scores if item.job.noise == noise), Counter())
        if printed["right"] < bar * printed.total():
            yield f"{'noisy' if noise else 'clean'}: {share(printed['right'], printed.total())} % right, the bar is {bar:.0%}"
    seconds = sum(item.seconds for item in scores) / max(1, sum(item.pages for item in scores))
    if seconds > BAR_SECONDS:
        yield f"{seconds:.1f} CPU seconds a page, the bar is {BAR_SECONDS}"


def main() -> int:
    """Run the benchmark and return its exit status."""
    parser = argparse.ArgumentParser(description="Score the reader of scans on made reports.")
    parser.add_argument("--documents", type=int, default=24, help="half of them with noise")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--dpi", type=int, nargs="+", default=[200, 150, 300])
    parser.add_argument("--processes", type=int, default=1)
    parser.add_argument("--show", type=int, default=0, metavar="N", help="print N cells that are not right")
    arguments = parser.parse_args()
    jobs = plan(arguments.documents, arguments.seed, tuple(arguments.dpi))
    with ProcessPoolExecutor(max_workers=arguments.processes) as pool:
        scores = list(pool.map(score, jobs))
    print_scores(scores)
    examples = sorted((example for item in scores for example in item.examples), key=lambda one: not one.startswith("wrong"))
    errors = [f"error    {item.job}: {item.error}" for item in scores if item.error]
    print("\n".join([*examples[: arguments.show], *errors[: arguments.show]]))
    misses = list(find_misses(scores))
    print("\n".join(misses) or "All bars are met.")
    return 1 if misses else 0


if __name__ == "__main__":
    sys.exit(main())
