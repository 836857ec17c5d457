"""Letters told from pictures of lines, and what two readings of one amount to.

In: grey pictures of single lines; two readings of a line, and what its strokes look like. Out: a `Reading`
each: its text, and the number it would be; the text of the line. Next: `page`.

The model comes in the wheel of rapidocr; onnxruntime itself runs it: rapidocr pads each line to 320 pixels,
five times the width of a number. Nothing is fetched. `DOUBT` stands behind a doubtful reading, or between
two; `LOST` in its place where ink is not accounted for.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.util import find_spec
from typing import NamedTuple

import numpy as np

from govtables.language import DOUBT, HAN, join, read_number, tell
from govtables.readers.document import Unreadable
from govtables.readers.scan.settings import SCAN

NEEDED = {"cv2": "opencv", "onnxruntime": "onnxruntime", "PIL": "Pillow", "rapidocr": "rapidocr"}
MODEL = "PP-OCRv6_rec_small.onnx"
HIGH = 48  # pixels of the model's input
STEP = 16  # widths are rounded up to it
WIDEST = 1600  # pixels; a longer line is squeezed
AT_ONCE = 2048  # pixels of width in one run of the model
NUMERALS = "0123456789.,-/+%()万亿元件条项个宗份次起例增减无 "
OTHER = "?"
# numerals, each with what the model may take for it where it stands alone
ALIKE = (
    "0OoОоΟοQ○〇◯０Ｏ 1lI|丨Ⅰ１｜ 2Zz２ 3３ 4４ 5Ss５ 6b６ 7７ 8B８ 9gq９ "
    ".．· ,， -—–―一－_ー /／ (（ )） +＋ %％ "
    "万萬 亿億 条條 项項 个個 减減咸 无無"
)
LOST = "\ufffd"
UNIT = re.compile("[万萬亿億件条條项項个個宗份次起例元增减減无無零一〇丨]")
WORD = re.compile(f"[{HAN}]")
NOT_NUMERAL = re.compile(r"[^\d.,/()+-]+")
DASHES = re.compile("-+")
DIGIT = re.compile(r"\d")
SIGN_WORD = re.compile("[增减]")  # with strokes like dashes
EITHER = re.compile(r"\D*\d{1,3}[.,]\d{3}\D*")  # thousands by a comma, thousandths by a point
MARKS = re.compile(r"[.,]")


class Reading(NamedTuple):
    """The text of a line, the number that it would be, how sure its least digit is, and how sure its text."""

    text: str
    numeral: str
    sure: float
    sense: float


def check_extra() -> None:
    """Raise `Unreadable` when a library for scans is missing."""
    if missing := [name for module, name in NEEDED.items() if find_spec(module) is None]:
        raise Unreadable(tell("readers.needs_ocr", names=join(missing, " and ")))


def recognise(lines: Sequence[np.ndarray], stretch: float = 1.0) -> list[Reading]:
    """Read pictures of lines; `stretch` makes each wider than it is."""
    inputs = [_scaled(line, stretch) for line in lines]
    order = sorted(range(len(inputs)), key=lambda n: inputs[n].shape[1])
    found: dict[int, Reading] = {}
    while order:
        width = -(-inputs[order[0]].shape[1] // STEP) * STEP
        batch = [n for n in order if inputs[n].shape[1] <= width][: max(1, AT_ONCE // width)]
        order = order[len(batch) :]
        found |= zip(batch, _run([inputs[n] for n in batch], width), strict=True)
    return [found[n] for n in range(len(inputs))]


def _scaled(line: np.ndarray, stretch: float) -> np.ndarray:
    import cv2

    high, wide = line.shape
    width = min(WIDEST, max(8, round(wide * HIGH / high * stretch)))
    how = cv2.INTER_AREA if high > HIGH else cv2.INTER_CUBIC
    return cv2.resize(line, (width, HIGH), interpolation=how).astype(np.float32) / 127.5 - 1


def _run(lines: Sequence[np.ndarray], width: int) -> list[Reading]:
    session, letters = _model()
    batch = np.ones((len(lines), 3, HIGH, width), np.float32)
    for at, line in enumerate(lines):
        batch[at, :, :, : line.shape[1]] = line
    (chances,) = session.run(None, {session.get_inputs()[0].name: batch})
    return [_read(one, letters) for one in chances]


def _read(chances: np.ndarray, letters: Sequence[str]) -> Reading:
    """Decode a line, a row of chances a step, over all characters and over those of numbers."""
    best = chances.argmax(axis=1)
    runs = list(_runs(best))
    text = "".join(letters[best[at] - 1] for at, _ in runs)
    sense = float(np.mean([chances[at, best[at]] for at, _ in runs])) if runs else 0.0
    if len(best) > SCAN.longest_number:
        return Reading(text, "", 0.0, sense)
    few = np.column_stack([chances[:, 0], *(chances[:, held].sum(axis=1) for held in _numeral_columns())])
    few = np.column_stack([few, 1 - few.sum(axis=1)])  # last, any other character
    runs = list(_runs(few.argmax(axis=1)))
    numeral = "".join((NUMERALS + OTHER)[few[start].argmax() - 1] for start, _ in runs)
    pairs = zip(runs, numeral, strict=True)
    sure = [float(few[start:end].max()) for (start, end), letter in pairs if letter != " "]
    return Reading(text, numeral.replace(" ", ""), min(sure, default=0.0), sense)


def _runs(best: np.ndarray) -> Iterator[tuple[int, int]]:
    """Steps of each character: repeats are one, and 0 is none (connectionist temporal classification)."""
    edges = [0, *(np.nonzero(np.diff(best))[0] + 1), len(best)]
    return ((start, end) for start, end in zip(edges, edges[1:], strict=False) if best[start])


@cache
def _numeral_columns() -> list[list[int]]:
    """For each character of numbers, the columns of the model that look like it."""
    _, letters = _model()
    at = {letter: n for n, letter in enumerate(letters, 1)}
    alike = {word[0]: word for word in ALIKE.split()}
    columns = [map(at.get, alike.get(numeral, numeral)) for numeral in NUMERALS]
    return [[column for column in some if column] for some in columns]


@cache
def _model():
    """The model and its characters; it runs in one thread, as documents are read by several processes."""
    import os
    from importlib.resources import files

    os.environ["ORT_DISABLE_TELEMETRY"] = "1"  # read when it is loaded; told later, it looks its maker up
    import onnxruntime

    onnxruntime.disable_telemetry_events()
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.enable_cpu_mem_arena = False
    options.log_severity_level = 3
    path = files("rapidocr") / "models" / MODEL
    if not path.is_file():
        raise Unreadable(tell("readers.no_model", model=MODEL))
    session = onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    letters = session.get_modelmeta().custom_metadata_map["character"].splitlines()
    return session, [*letters, " "]


class Strokes(NamedTuple):
    """What the ink of a line looks like, and why it is doubtful whatever is read."""

    digits: int  # as many as the pieces side by side, and their widths, amount to
    dashes: int
    tails: int  # of commas, below the digits
    gaps: int  # as wide as between two numbers
    slant: float  # of a single stroke; a one stands upright
    covered: bool  # under red ink
    cut: bool  # ink on the ruling, or of a sign lost beside it
    bar: bool  # nothing but dashes


def is_word(text: str) -> bool:
    """Tell a label, which holds words, from what may be a number.

    >>> is_word("结果维持"), is_word("1424.4万元"), is_word("l2")
    (True, False, False)
    """
    return len(WORD.findall(UNIT.sub("", text))) >= SCAN.least_word or len(WORD.findall(text)) > 3


def settle(first: Reading, second: Reading, strokes: Strokes) -> str:
    """Give the text of a number, marked unless both readings and the strokes bear it out."""
    one, two = first.numeral.strip(".,"), second.numeral.strip(".,")  # dust at its ends
    whole = not strokes.covered and not strokes.cut
    dashes = next(filter(DASHES.fullmatch, (two, one)), None)
    if strokes.bar and whole and dashes and not DIGIT.search(one + two):
        return dashes
    known = read_number(one)
    sure = SCAN.least_sure if any(map(str.isdigit, one)) else SCAN.least_sure_mark
    agreed = one == two and min(first.sure, second.sure) >= sure and known and known.status != "unreadable"
    if agreed and whole and _borne_out(one, strokes):
        return one
    said = list(dict.fromkeys(filter(None, (NOT_NUMERAL.sub("", text) for text in (one, two)))))
    mark = DOUBT if said and whole and any(_borne_out(text, strokes) for text in (one, two)) else LOST
    return mark.join(said) + (mark if len(said) < 2 else "")


def _borne_out(text: str, strokes: Strokes) -> bool:
    """Tell whether ink bears out each digit (the model merges equal ones), one or slash, comma or point."""
    digits = sum(map(str.isdigit, text))
    if text in {"1", "/"} and (strokes.slant > SCAN.most_slant) != (text == "/"):
        return False
    if EITHER.fullmatch(text) and (strokes.tails > 0) != ("," in text):
        return False
    signs = 1 if text[:1] in {"+", "-"} else 0  # as high as a digit, or touching one
    if digits and strokes.dashes > text.count("-") and not SIGN_WORD.match(text):  # a sign that was not read
        return False
    drawn = not digits or WORD.search(text) is not None or strokes.digits in {digits, digits + signs}
    return drawn and strokes.gaps <= len(MARKS.findall(text))
