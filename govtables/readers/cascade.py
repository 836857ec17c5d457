"""How the elements of a page look, by its own style sheets, `style` attributes and old attributes.

In: a parsed page and what its elements say themselves. Out: a `Look` for any element. Next: `seen`.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from typing import TYPE_CHECKING, NamedTuple

from govtables.language import phrase
from govtables.readers.runs import BLACK, CLEAR, WHITE, Colour, are_near, read_colour
from govtables.readers.styles import COLOURS, TELLS, Looks, Selectors, find_telling, read_sheet, read_style

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

TABLE_PARTS = ("table", "tr", "tbody", "thead", "tfoot", "td", "th")
OUTER = ("html", "body", "div", "table", "tbody", "tr")  # inside, a sheet from outside may set another ground
GENERATED = re.compile(r"::?(?:before|after)$")
OTHER_PARTS = re.compile(r"::(?!first-)")  # a scroll bar, a selection
RANK = (re.compile("#"), re.compile(r"[.\[]|(?<!:):(?!:)"), re.compile(r"(?:^|[\s>+~])[a-zA-Z]"))
SIZE = re.compile(r"(\d*\.?\d+)(r?em|%)?")
LEAST_SIZE = 3  # pixels or points
UNTOLD = "?"  # a colour that holds on some screens only

Own = tuple["LexborNode", str, str]  # an element, what its old attributes and its `style` say
Layer = tuple[tuple, Iterable["LexborNode"], Mapping[str, str]]  # a rank, elements, what is set for them


class Look(NamedTuple):
    """How the text of an element looks."""

    gone: bool = False  # with all that it holds
    shown: bool = True
    sized: bool = True
    way: str = ""  # struck, raised
    doubt: str = ""
    ink: Colour | None = BLACK  # `None` where it cannot be told
    ground: Colour | None = WHITE
    inked: bool = False  # its colour is set
    grounded: bool = False  # the colour of its ground is set, in the cell or for it

    @property
    def is_pale(self) -> bool:
        """Tell whether the text has the colour of its ground."""
        return self.ink is not None and self.ground is not None and are_near(self.ink, self.ground)

    @property
    def is_hidden(self) -> bool:
        """Tell whether nothing is seen."""
        return self.gone or not self.shown or not self.sized or self.ink == CLEAR

    @property
    def is_plain(self) -> bool:
        """Tell whether the text is seen as it is written."""
        return not (self.is_hidden or self.is_pale or self.way or self.doubt)


class Cascade:
    """What is set for the elements of a page, and how they look."""

    def __init__(self, layers: Sequence[Layer]) -> None:
        """Lay the layers one over the other."""
        self.elements: dict[int, LexborNode] = {}
        self.styles: dict[int, dict[str, str]] = {}
        self.looks: dict[int, Look] = {}
        for _, nodes, said in sorted(layers, key=lambda layer: layer[0]):
            for node in nodes:
                self.elements[node.mem_id] = node
                self.styles.setdefault(node.mem_id, {}).update(said)

    def look(self, node: "LexborNode | None") -> Look:
        """Tell how an element looks, which it has in part from those around it."""
        inside: list[LexborNode] = []
        while node is not None and node.mem_id not in self.looks:
            inside.append(node)
            node = node.parent
        look = Look() if node is None else self.looks[node.mem_id]
        for one in reversed(inside):
            if said := self.styles.get(one.mem_id):
                look = _change(look, said, one.tag or "")
            self.looks[one.mem_id] = look
        return look


def read_cascade(tree: "LexborHTMLParser", own: Sequence[Own], sheets: Sequence[str]) -> Cascade | None:
    """Resolve the styles of a page; `None` where they hide, strike, raise and turn nothing."""
    telling = find_telling(*sheets, *{hints for _, hints, _ in own}, *{style for _, _, style in own})
    if not telling:
        return None
    groups: dict[tuple[int, str], list[LexborNode]] = defaultdict(list)
    for node, hints, style in own:
        groups[2, style].append(node)
        if hints:
            groups[0, hints].append(node)
    layers = [*_sheet_layers(tree, sheets, telling)]
    for (origin, text), nodes in groups.items():
        layers += _layers(read_style(text), nodes, (origin,), "", telling)
    return Cascade(layers)


def _sheet_layers(
    tree: "LexborHTMLParser", sheets: Sequence[str], telling: frozenset[str]
) -> Iterator[Layer]:
    selectors = Selectors(tree)
    for rule in (rule for sheet in sheets for rule in read_sheet(sheet)):
        selector = GENERATED.sub("", rule.selector)
        is_made = selector != rule.selector
        names = {name for name in rule.looks.keys() & telling if (name == "content") == is_made}
        if names and not OTHER_PARTS.search(selector):
            nodes, sure = selectors.find(selector or "*")
            rank = (1, *(len(one.findall(selector)) for one in RANK))
            why = "" if sure and rule.sure else phrase("readers.style_rule", rule=rule.selector[:40])
            yield from _layers(rule.looks, nodes, rank, why, names)


def _layers(
    looks: Looks, nodes: Sequence["LexborNode"], rank: tuple[int, ...], why: str, names: Set[str]
) -> Iterator[Layer]:
    """What a rule sets, where it is important and where not; `why` it may hold or not, where that is so."""
    for important in (False, True):
        said = {name: value for name, (value, mark) in looks.items() if mark is important and name in names}
        tells = [name for name, value in said.items() if name in TELLS and TELLS[name].value.match(value)]
        values = (said[name][:40] for name in tells if "var(" in said[name])
        doubt = why or next((phrase("readers.style_value", value=value) for value in values), "")
        if doubt:
            said = dict.fromkeys(said.keys() & COLOURS, UNTOLD) | ({"doubt": doubt} if tells else {})
        if said and nodes:
            yield (important, *rank), nodes, said


def _change(above: Look, said: Mapping[str, str], tag: str) -> Look:
    """How an element looks inside another; a whole page is hidden only until its scripts have run."""
    ink, ground = said.get("color", ""), said.get("background-color", "")
    look = above
    if ink and ink not in ("inherit", "currentcolor"):
        look = look._replace(ink=read_colour(ink), inked=True)
    if ground and ground not in ("inherit", "initial", "none", "unset") and read_colour(ground) != CLEAR:
        look = look._replace(ground=read_colour(ground), grounded=tag not in OUTER)
    if tag in ("html", "body"):
        return look
    seen, size = said.get("visibility", "inherit"), SIZE.match(said.get("font-size", ""))
    if size and (size[2] not in ("em", "%") or not float(size[1])):
        look = look._replace(sized=float(size[1]) * (16 if size[2] == "rem" else 1) >= LEAST_SIZE)
    raised = tag not in TABLE_PARTS and TELLS["vertical-align"].value.match(said.get("vertical-align", ""))
    turned = "override" in said.get("unicode-bidi", "")
    struck = "line-through" in said.get("text-decoration-line", "")
    return look._replace(
        gone=look.gone or _is_gone(said, tag),
        shown=look.shown if seen in ("inherit", "unset") else seen not in ("hidden", "collapse"),
        way="struck" if struck else "raised" if raised else look.way,
        doubt=said.get("doubt") or (phrase("readers.direction") if turned else look.doubt),
    )


def _is_gone(said: Mapping[str, str], tag: str) -> bool:
    """Tell whether nothing of an element is seen, whatever is set for those inside it."""
    told = [TELLS[name] for name, value in said.items() if name in TELLS and TELLS[name].value.match(value)]
    hiding = [one for one in told if one.hides and (one.beside != "overflow" or tag not in TABLE_PARTS)]
    return any(one.where.match(said.get(one.beside, "")) for one in hiding)
