"""What the reader of PDF files takes for near, thin, faint or too much, in one place.

In: nothing. Out: `PDF`. Next: every module beside it; what any document may cost is in `readers.limits`.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Settings:
    """Measures, each with its unit; a point is 1/72 inch."""

    # characters and words, in sizes of their print
    rise: float = 0.85  # a character stands above its base line
    level: float = 0.2  # base lines that differ by less are one
    twice: float = 0.12  # the same character again, so near, imitates bold
    gap: float = 0.3  # between words
    wide_gap: float = 1.2  # between words of different columns
    touch: float = 0.15  # neighbours on both sides of a rule may reach over it
    most_digits: int = 60  # of a number
    half_up: float = 0.35  # half the height of a digit: rules below underline, above they are borders
    sticks_out: float = 0.25  # half a digit, that a number may stand over the borders of its cell
    # what can be seen
    least_size: float = 1.0  # points; smaller print cannot be seen
    faint: int = 32  # of 255; paint so thin cannot be seen
    slant: int = 10  # degrees off the upright, or off a quarter turn
    most_glyphs: int = 30_000  # of a page
    scale: float = 1.5  # pixels a point
    least_scale: float = 0.75  # pixels a point; with fewer, digits are lost
    most_pixels: int = 2_500  # of a side
    contrast: int = 40  # of 255 that print differs from its ground
    faint_ink: int = 30  # of 255 that a digit changes its ground
    border: float = 2.5  # points of a cell next to its rules
    beside_digit: float = 0.2  # share of a digit's width on both sides that neighbours may reach into
    beside_point: float = 0.1  # the same of a point, a comma, a sign
    least_ink: int = 3  # pixels, of a digit or of a drawing
    least_seen: float = 0.75  # share of the ink of a digit; with less it may look like another
    near_text: float = 1.5  # sides of a text between its foot and the places of its characters
    near: float = 2.0  # points between the places that two libraries give one character
    # rules and cells, in points unless said
    thin: float = 3.0  # a box so thin is a rule, or a piece of one
    snap: float = 2.5  # rules so near are one
    narrow: float = 4.0  # no column is narrower, no row lower
    broken: float = 4.0  # between pieces of one rule
    reach: float = 3.0  # between rules that touch
    side: float = 0.6  # share of a side; less of a rule is none
    outside: float = 3.0  # the middle of a text may lie outside its table
    inside: float = 1.0  # a word reaches over the edge of a column that it stands in
    most_rules: int = 1_500  # one way on a page; more are a drawing
    most_cells: int = 10_000  # of a table on one page
    # lines of prose, in sizes of their print unless said
    same_height: float = 12.0  # points; lines of several pages that run along them
    same_size: float = 0.5  # points that the sizes of lines of a paragraph differ by
    margin: float = 0.12  # share of the height of a page
    least_width: float = 0.6  # share of a page, where paragraphs end at the least
    least_line: float = 0.5  # share of a paragraph's width; a shorter line does not go on
    full: float = 1.6  # a line may end before the right margin and still be full
    indent: float = 0.7  # of a line that begins a paragraph
    apart: float = 2.6  # between the lines of a paragraph
    beside: float = 1.2  # between the base lines of a number and its label
    same_line: float = 0.5  # between the base lines of words that stand beside each other
    nearer: float = 0.6  # of the way to another line
    neighbours: int = 3  # lines around a number that may be its label's
    most_parts: int = 60  # of a table over pages, lines of a paragraph
    # scans, and what is noted
    large: float = 0.5  # share of the page that a scan covers
    few_glyphs: int = 60  # of a page that is a picture: its number, a scanner's mark
    least_picture: float = 0.15  # share of a page; a larger picture may hold a table
    least_known: float = 0.5  # share of the characters of a file
    least_numerals: int = 5  # on a page without rules; fewer are no table
    most_places: int = 5  # of a note
    quoted: int = 20  # characters of a reading in a note
    # what a file may cost
    most_content: int = 1 << 20  # bytes that a page draws, for which pdfminer takes five to eight seconds
    most_other: int = 1 << 15  # bytes of content in a packing that is not looked into
    drawing: int = 200  # bytes that drawing a form costs at least
    dictionary: int = 600  # bytes before a stream that may say it is a picture
    wrapped: int = 3  # times a stream may be packed
    pictures: int = 20  # times the limit that all pictures may unpack to: few are drawn
    overlaps: int = 4  # times the size of a file that its streams written as text may have
    most_points: int = 50_000_000  # of a picture
    deepest: int = 12  # forms inside one another
    most_objects: int = 100_000  # of a page
    most_groups: int = 100  # of a page, each of which may be as large as the page
    most_nodes: int = 20_000  # of the tree of pages
    most_forms: int = 20_000  # drawings inside the drawings of a file


PDF = Settings()
