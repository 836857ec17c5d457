"""How Word sets a text: hidden, struck, raised, in the colour of its ground.

In: properties of runs and styles. Out: what they say, by property; the way in which a text is set. Next:
`paragraphs`.
"""

from collections.abc import Callable, Mapping
from functools import cache
from xml.etree.ElementTree import Element

from govtables.readers.colours import WHITE, Colour, are_near, read_colour
from govtables.readers.office.containers import whole
from govtables.readers.office.numbering import DEEPEST_STYLE, VAL, W, value_of
from govtables.readers.runs import PALE

SHADE, FILL = f"{W}shd", f"{W}fill"
NAMES = ("vanish", "strike", "dstrike", "vertAlign", "color", "sz", "highlight")
KINDS = {W + name: name for name in NAMES}
OFF = ("0", "false", "off")
UNSET = ("", "auto", "none")
LEAST_SIZE = 4  # half points

Said = Mapping[str, str]  # by property


def read_look(properties: Element | None) -> dict[str, str]:
    """What properties say of a text."""
    children = list(properties) if properties is not None else []
    shades = {"highlight": one.get(FILL, "") for one in children if one.tag == SHADE}
    return shades | {KINDS[one.tag]: one.get(VAL, "") for one in children if one.tag in KINDS}


def read_looks(styles: Element) -> Callable[[str | None], Said]:
    """What a style and its bases say, and if it shades a table; each is read when asked for, as few are."""
    nodes = {style.get(f"{W}styleId", ""): style for style in styles.iter(f"{W}style")}

    @cache
    def tell(name: str | None, depth: int = 0) -> Said:
        if (style := nodes.get(name)) is None or depth == DEEPEST_STYLE:
            return {}
        said = {**tell(value_of(style, "basedOn"), depth + 1), **read_look(style.find(f"{W}rPr"))}
        if style.get(f"{W}type") == "table" and any(one.get(FILL) not in UNSET for one in style.iter(SHADE)):
            said["shades"] = "1"
        return said

    return tell


def is_hidden(said: Said) -> bool:
    """Tell whether nothing of a text is seen."""
    return said.get("vanish", "0") not in OFF or 0 < whole(said.get("sz")) < LEAST_SIZE


def way_of(said: Said, ground: Colour | None) -> str:
    """Tell how a text is set; where nobody knows its ground, white is taken for its colour."""
    if any(said.get(name, "0") not in OFF for name in ("strike", "dstrike")):
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
