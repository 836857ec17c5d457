"""Text of Word's paragraphs, as printed, and how Word sets it: hidden, struck, raised, in a colour.

In: a paragraph, styles. Out: its text with its automatic number; what is hidden, deleted or no text is left
out and noted; the colours of grounds. Next: `docx`.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from xml.etree.ElementTree import Element

from govtables.language import phrase
from govtables.readers.office.containers import whole
from govtables.readers.office.numbering import VAL, Lists, Styles, W, bases_of, next_number, value_of
from govtables.readers.runs import PALE, UNKNOWN, WHITE, Colour, Trail, are_near, join_runs, read_colour

MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
PARAGRAPH, RUN, TEXT, BOX = f"{W}p", f"{W}r", f"{W}t", f"{W}txbxContent"
DELETED = {f"{W}del", f"{W}moveFrom"}  # tracked changes count as accepted
PROPERTIES, RUN_PROPERTIES = f"{W}pPr", f"{W}rPr"
SIGNS = {f"{W}tab": "\t", f"{W}ptab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-"}
MARKS = {f"{W}footnoteReference", f"{W}endnoteReference"}
PICTURES = {f"{W}drawing", f"{W}pict", f"{W}object"}
WRAPPERS = ("}AlternateContent", "}Choice", "}Fallback")
HEX = re.compile("[0-9A-Fa-f]{4}")
PRIVATE = range(0xF000, 0xF100)  # where symbol fonts keep their signs
SHADE, FILL = f"{W}shd", f"{W}fill"
NAMES = ("vanish", "strike", "dstrike", "vertAlign", "color", "sz", "highlight")
KINDS = {W + name: name for name in NAMES}
OFF = ("0", "false", "off")
UNSET = ("", "auto", "none")
LEAST_SIZE = 4  # half points

Said = Mapping[str, str]  # by property


@dataclass(frozen=True, slots=True)
class Story:
    """What is known of the document while it is read: lists, looks of styles, counts so far, text boxes and
    pictures met, the colour of the ground, notes."""

    lists: Lists
    look_of: Callable[[str | None], Said]
    counts: Counter[str] = field(default_factory=Counter)
    boxes: list[Element] = field(default_factory=list)
    grounds: list[Colour | None] = field(default_factory=lambda: [WHITE])  # of a cell, or a page
    trail: Trail = field(default_factory=lambda: Trail({}))


def is_on(properties: Element | None, name: str) -> bool:
    """Tell whether a property is set, and not set to off."""
    found = properties.find(W + name) if properties is not None else None
    return found is not None and found.get(VAL) not in OFF


def inside(parent: Element, *wanted: str) -> Iterator[Element]:
    """Elements of a kind in order, not those within them; through content controls and accepted changes
    around them."""
    for child in parent:
        if child.tag in wanted:
            yield child
        elif child.tag not in DELETED:
            yield from inside(child, *wanted)


def paragraph_text(paragraph: Element, before: list[str], story: Story, place: str) -> str | None:
    """The text of a paragraph; where its end is deleted it is `None`, and goes on in the next one after the
    texts `before`."""
    properties = paragraph.find(PROPERTIES)
    mark = properties.find(RUN_PROPERTIES) if properties is not None else None
    look = story.look_of(value_of(properties, "pStyle"))
    before.append(join_runs(_runs(paragraph, story, place, [], look)))
    if mark is not None and any(mark.find(tag) is not None for tag in DELETED):
        return None
    text = next_number(story.lists, properties) + "".join(before)
    before.clear()
    return text


def cell_text(paragraphs: Iterable[Element], story: Story, place: str) -> str:
    """Texts of the paragraphs of a cell, a line each."""
    before: list[str] = []
    texts = [paragraph_text(paragraph, before, story, place) for paragraph in paragraphs]
    return "\n".join([*filter(None, texts), *before])


def _runs(
    node: Element, story: Story, place: str, codes: list[bool], look: Said
) -> Iterator[tuple[str, str]]:
    """Texts of the runs inside a node and how each is set; `codes` tells for each open field whether its code
    is read."""
    for child in node:
        if child.tag == RUN:
            yield from _run(child, story, place, codes, look)
        elif child.tag == f"{MATH}oMath":
            yield _formula(child, story, place), ""
        elif child.tag not in DELETED and child.tag != PROPERTIES:
            yield from _runs(child, story, place, codes, look)


def _run(
    run: Element, story: Story, place: str, codes: list[bool], look: Said
) -> Iterator[tuple[str, str]]:
    properties = run.find(RUN_PROPERTIES)
    if properties is not None:
        look = {**look, **story.look_of(value_of(properties, "rStyle")), **read_look(properties)}
    hidden, way = is_hidden(look), way_of(look, story.grounds[-1])
    for text in _texts(run, story, place, codes, look):
        if text.strip() and hidden:
            story.trail.note(phrase("readers.hidden_text"), place)
        elif text and not any(codes):
            yield text, way
    if said := {"struck": "readers.struck", PALE: "readers.ground_colour"}.get(way):
        story.trail.note(phrase(said), place)


def _texts(run: Element, story: Story, place: str, codes: list[bool], look: Said) -> Iterator[str]:
    """Texts inside a run; the codes of fields and the marks of footnotes are none."""
    marked = False
    for child in run:
        tag = child.tag
        if tag == TEXT:
            yield "" if marked else (child.text or "").replace("\n", " ")
        elif tag in SIGNS:
            yield SIGNS[tag]
        elif tag == f"{W}fldChar":
            _turn(codes, child.get(f"{W}fldCharType"))
        elif tag in MARKS:
            story.trail.note(phrase("readers.footnote"), place)
            marked = child.get(f"{W}customMarkFollows", "0") not in OFF  # then the mark itself is text
        elif tag == f"{W}sym":
            yield _symbol(child, story, place)
        elif tag == f"{W}ruby":
            story.trail.note(phrase("readers.ruby"), place)
            bases = child.findall(f"{W}rubyBase")
            yield join_runs(one for base in bases for one in _runs(base, story, place, codes, look))
        elif tag in PICTURES:
            if is_hidden(look):
                story.trail.note(phrase("readers.hidden_picture"), place)
            else:
                story.boxes.extend([*inside(child, BOX)] or [child])
        elif tag.endswith(WRAPPERS):
            yield from _texts(child, story, place, codes, look)


def _turn(codes: list[bool], kind: str | None) -> None:
    """A field opens with its code, then comes its result."""
    if kind == "begin":
        codes.append(True)
    elif kind == "separate" and codes:
        codes[-1] = False
    elif kind == "end" and codes:
        codes.pop()


def _symbol(node: Element, story: Story, place: str) -> str:
    """A sign of a font by its number; those that only their own font can tell are unknown."""
    text = node.get(f"{W}char", "")
    code = int(text, 16) if HEX.fullmatch(text) else PRIVATE.start
    if code in PRIVATE or not chr(code).isprintable():
        story.trail.note(phrase("readers.symbol"), place)
        return UNKNOWN
    return chr(code)


def _formula(node: Element, story: Story, place: str) -> str:
    if all(child.tag == f"{MATH}r" for child in node):
        return "".join(text.text or "" for text in node.iter(f"{MATH}t"))
    story.trail.note(phrase("readers.formula_lines"), place)
    return UNKNOWN


# -- how a text is set ----------------------------------------------------------------------------


def read_look(properties: Element | None) -> dict[str, str]:
    """What properties say of a text."""
    children = list(properties) if properties is not None else []
    shades = {"highlight": one.get(FILL, "") for one in children if one.tag == SHADE}
    return shades | {KINDS[one.tag]: one.get(VAL, "") for one in children if one.tag in KINDS}


def read_looks(styles: Styles) -> Callable[[str | None], Said]:
    """What a style and its bases say, and if it shades a table; each is read when asked for, as few are."""

    @cache
    def tell(name: str | None) -> Said:
        said: dict[str, str] = {}
        for style in reversed([*bases_of(styles, name)]):
            said |= read_look(style.find(RUN_PROPERTIES))
            is_table = style.get(f"{W}type") == "table"
            if is_table and any(one.get(FILL) not in UNSET for one in style.iter(SHADE)):
                said["shades"] = "1"
        return said

    return tell


def is_hidden(said: Said) -> bool:
    """Tell whether nothing of a text is seen."""
    return said.get("vanish", "0") not in OFF or 0 < whole(said.get("sz")) < LEAST_SIZE


def way_of(said: Said, ground: Colour | None) -> str:
    """Tell how a text is set; where nobody knows its ground, white is taken for its colour."""
    if said.get("strike", "0") not in OFF or said.get("dstrike", "0") not in OFF:
        return "struck"
    ink, own = said.get("color", ""), said.get("highlight", "")
    ground = (ground or WHITE) if own in UNSET else read_colour(own)
    colour = None if ink in UNSET else read_colour(ink)
    if colour and ground and are_near(colour, ground):
        return PALE
    return said.get("vertAlign", "").replace("baseline", "")


def ground_of(properties: Element | None, around: Colour | None) -> Colour | None:
    """The colour of the ground that a cell or a table has in what is around it."""
    shade = properties.find(SHADE) if properties is not None else None
    fill = shade.get(FILL, "") if shade is not None else ""
    return around if fill in UNSET else read_colour(fill)
