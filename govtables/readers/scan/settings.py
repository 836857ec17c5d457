"""What the reader of scans takes for near, thin, faint or too much, in one place.

In: nothing. Out: `SCAN`. Next: every module beside it; what any document may cost is in `readers.limits`.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Settings:
    """Measures, each with its unit; a letter is the usual height of those of its page."""

    # pages and ink, in pixels unless said
    dpi: int = 200  # pixels an inch that a page of a PDF is drawn with
    least_side: int = 200  # a smaller picture holds no table that can be read
    longest_side: int = 3600  # A4 at 300 dpi; more adds nothing
    least_letter: float = 9.0  # smaller letters cannot be told apart
    widest_skew: float = 3.0  # degrees
    around: int = 51  # that a pixel is compared with
    contrast: int = 18  # levels below its surroundings that make a pixel ink
    red: int = 50  # levels that red stands above green and blue in a stamp
    faded: float = 0.7  # of the red of stamps; the rims of what JPEG has blurred are as dark
    # rules and cells, in letters unless said
    gap: float = 0.12  # may be missing in a rule
    shortest: tuple[float, float] = (3.0, 1.1)  # that a rule across, and one down, is long
    short_rule: float = 2.0  # strokes of letters may be as long
    long_rule: float = 4.0  # strokes of letters are never that long
    under: float = 6.0  # of a rule that a stamp may hide
    near: float = 0.35  # between two rules that are one
    lowest: float = 1.2  # that a table is high
    narrowest: int = 8  # that a table is wide
    drawn: float = 0.65  # share of a side that makes it a wall
    least_rules: int = 2  # across, of a table
    nested: int = 4  # times its size, that tables on a page are large together
    dark: int = 110  # level of a cell whose letters are light
    # lines, in letters unless said
    least: float = 0.3  # smaller pieces are dust, points or commas
    speck: float = 0.2  # a smaller dash is dust
    one_line: float = 1.3  # pieces that are no higher together stand in one line
    part: float = 2.5  # between the parts of a row without ruling
    bar: float = 0.3  # that a dash is high
    pad: float = 0.2  # of the line's height, around a line
    pad_again: float = 0.32  # around the picture of its second reading
    sign: float = 0.2  # of the line's height, that what is left of a sign is wide
    dust: float = 0.25  # of the line's height; a larger piece may be of a broken digit
    tail: float = 0.1  # of the line's height, that a comma reaches below the digits, a point does not
    tall: float = 0.55  # of the line's height; lower pieces are marks and signs
    pitch: float = 0.8  # width to height of a digit that touches another
    touch: float = 0.2  # of that width, what a gap would add
    wide_gap: float = 0.8  # times its height, between two pieces of a number
    flat: float = 1.4  # width to height of a dash that is not quite level
    faint: int = 12  # levels below the paper that may be a faint letter
    inked: int = 140  # level of paper that is surely ink
    halo: int = 2  # pixels around a speck that it darkens
    # readings
    longest_number: int = 64  # steps of 8 pixels
    least_sure: float = 0.80  # of each character of a number, in both readings
    least_sure_mark: float = 0.5  # of a dash or stroke in place of a number
    most_slant: float = 0.2  # share of its height that a one leans
    least_word: int = 2  # characters; fewer may be a digit read as a letter
    long: float = 9.0  # times its height; a longer line is words, read once and squeezed
    squeeze: float = 0.65  # of the width of a long line
    stretch_again: float = 1.15  # of the width, for the second reading
    sample: int = 40  # lines that tell whether a page stands upright
    words: float = 3.0  # times its height; a shorter line may be a number
    margin: float = 0.12  # share of the height of a page
    least_sense: float = 0.45  # of a page that stands upright
    most_places: int = 5  # named in a note


SCAN = Settings()
