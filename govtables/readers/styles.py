"""Style rules of a page, as far as they tell what its reader sees, and the elements that they mean.

In: the text of a style sheet or of a `style` attribute; a parsed page. Out: `Rule`s; properties with their
values; elements, and whether it is surely these. Next: `cascade`.

The parser takes the power of the depth of a page for a selector of many parts. So it is asked for each part
with the last one, and what all answers have in common counts.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from govtables.declared import declared
from govtables.language import tell
from govtables.readers.document import Unreadable
from govtables.readers.runs import BLACK, CLEAR, WHITE, are_near, read_colour

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

LONG = {
    "font": "font-size", "background": "background-color", "animation": "animation-name",
    "text-decoration": "text-decoration-line",
}  # fmt: skip
COLOURS = ("color", "background-color")
COMMENT = re.compile(r"/\*.*?(?:\*/|$)", re.DOTALL)
STRING = re.compile(r"\"(?:\\.|[^\"\\\n])*\"|'(?:\\.|[^'\\\n])*'")
PARTING = str.maketrans("{};", "   ")
ESCAPED = re.compile(r"\\(?:([0-9a-fA-F]{1,6})\s?|([^\n]))")
BRACE = re.compile("([{}])")
SELECTOR = re.compile(r"(?:\[[^\]]*\]|\([^()]*\)|[^,\[(]++|[^,])+")
FONT_SIZE = re.compile(r"(?:^|\s)((?:\d*\.)?\d+(?:[a-z]+|%)|0)(?=[/\s])")
WIDTH = re.compile(r"\(\s*(min|max)-(?:device-)?width\s*:\s*([\d.]{1,8})\s*px\s*\)")
SCREEN = 1280  # pixels of width
DEEPEST, LONGEST = 8, 5_000  # words around a rule that are asked; characters of its selectors
INNER = r"\[[^\]]*\]|\((?:[^()]|\([^()]*\))*\)"
BRACKETS = re.compile(INNER)
PART = re.compile(rf"(?:{INNER}|\\.|\s*[>+~]\s*|[^\s>+~\[(\\])+")
PSEUDO = re.compile(rf"(?<!\\)::?([\w-]+)(?:{INNER})?")
SIDE = re.compile("~(?!=)")
NAME = re.compile(r"[.#]((?:[\w-]|[^\x00-\x7f])+)")
# What the parser tells at little cost; of what needs a mouse or a link it finds none.
CHEAP = frozenset(
    "first-child last-child only-child first-of-type last-of-type root empty hover focus active visited link "
    "focus-within focus-visible target checked disabled enabled not is where".split()
)
MOST_STEPS, CLIMB = 50_000_000, 20  # of the parser; steps up the tree for an element
FEW = 5_000  # elements of a page whose pairs may be looked at

Looks = dict[str, tuple[str, bool]]  # by property its value, and whether it is marked as important
Found = dict[int, "LexborNode"]  # elements by their id


class Telling(NamedTuple):
    """Which values of a property hide, strike, raise or turn a text, `where` the property `beside` is so."""

    value: re.Pattern[str]
    hides: bool  # with all that stands inside
    beside: str
    where: re.Pattern[str]


TELLS = {
    name: Telling(re.compile(value, re.DOTALL), does == "hides", beside, re.compile(where))
    for name, value, does, beside, where in map(dict.values, declared("readers", "styles"))
}
KEPT = {*TELLS, *LONG, *COLOURS, *(one.beside for one in TELLS.values() if one.beside)}
# A declaration of a sheet that may tell: of what is in `TELLS` only one whose value begins as told there.
ENDED = r"\s*(?:[;{}!]|$)"
STARTS = {name: one.value.pattern.replace("$", ENDED) for name, one in TELLS.items()}
SAID = (rf"{name}(?=\s*(?:[;{{}}]|$|:\s*(?:{start})))" for name, start in STARTS.items())
NAMED = "|".join([*SAID, *sorted(KEPT - TELLS.keys())])
DECLARED = re.compile(rf"[;{{}}]\s*+({NAMED})\s*(?::([^;{{}}]*)|(?=[;{{}}])|$)", re.DOTALL)


class Rule(NamedTuple):
    """One selector with what it sets; not `sure` where it may hold on some screens only."""

    selector: str
    looks: Looks
    sure: bool


def find_telling(*texts: str) -> frozenset[str]:
    """Name the properties that hide, strike, raise or turn a text in styles, and what goes with them.

    >>> sorted(find_telling("left:0;width:1px;DISPLAY :none")), find_telling("color:#333;display:block")
    (['display'], frozenset())
    """
    sheets = [text for text in texts if "{" in text]
    own = [pair for text in texts if "{" not in text for pair in read_style(text).items()]
    if not any("\\" in sheet for sheet in sheets) and not _tell(chain(own, *map(_scan, sheets))):
        return frozenset()
    rules = (rule for sheet in sheets for rule in read_sheet(sheet))
    return _tell(chain(own, *(rule.looks.items() for rule in rules)))


@lru_cache(maxsize=1 << 6)
def _scan(sheet: str) -> tuple[tuple[str, tuple[str, bool]], ...]:
    """All that may tell in a sheet without escapes, and perhaps more, found quickly."""
    found = dict.fromkeys(DECLARED.findall(f";{_without_comments(sheet)}".lower()))
    return tuple(_read_declaration(name, value) for name, value in found)


def _tell(looks: Iterable[tuple[str, tuple[str, bool]]]) -> frozenset[str]:
    values: dict[str, set[str]] = defaultdict(set)  # by property
    for name, (value, _) in looks:
        values[name].add(value)
    inks, grounds = ({*map(read_colour, values[name])} - {None} for name in COLOURS)
    is_pale = any(are_near(ink, ground) for ink in inks | {BLACK} for ground in grounds | {WHITE})
    found = {*COLOURS} if is_pale or CLEAR in inks else set[str]()
    for name, one in TELLS.items():
        if any(map(one.value.match, values[name])) and any(map(one.where.match, ["", *values[one.beside]])):
            found |= {name, one.beside}
    return frozenset(found - {""})


@lru_cache(maxsize=1 << 12)
def read_style(text: str) -> Looks:
    """Read declarations; the last of a property counts, unless one is marked as important.

    >>> read_style("Display : NONE ! important; display: block; margin: 0")
    {'display': ('none', True)}
    """
    found: Looks = {}
    for declaration in _unescape(COMMENT.sub(" ", text)).lower().split(";"):
        name, _, value = declaration.partition(":")
        if (name := name.strip()) in KEPT:
            name, look = _read_declaration(name, value)
            if look[1] or not found.get(name, ("", False))[1]:
                found[name] = look
    return found


def _read_declaration(name: str, value: str) -> tuple[str, tuple[str, bool]]:
    """A property by its long name, with its value, and whether it is important."""
    value, _, mark = value.partition("!")
    size = FONT_SIZE.search(value) if name == "font" else None
    return LONG.get(name, name), (size[1] if size else value.strip(), mark.strip() == "important")


@lru_cache(maxsize=1 << 6)
def read_sheet(text: str) -> tuple[Rule, ...]:
    """Read the rules of a style sheet in order; those for print and for narrow screens are left out."""
    css = _without_comments(text)
    return tuple(_rules(css + "}" * max(css.count("{") - css.count("}"), 0)))


def _without_comments(sheet: str) -> str:
    """A sheet in whose strings nothing parts declarations either."""
    css = COMMENT.sub(" ", sheet) if "/*" in sheet else sheet
    quoted = "'" in css or '"' in css
    return STRING.sub(lambda found: found[0].translate(PARTING), css) if quoted else css


def _rules(css: str) -> Iterator[Rule]:
    opened: list[str] = []  # what the braces around a place say
    pieces = BRACE.split(css)
    for before, brace in zip(pieces[::2], pieces[1::2], strict=False):
        body, _, prelude = before.rpartition(";") if brace == "{" else (before, "", "")
        if opened and opened[-1][:1] != "@" and (looks := read_style(body)):
            *around, own = opened
            applies = [_applies(one) for one in around[-DEEPEST:]]
            for selector in SELECTOR.findall(own[:LONGEST]) if False not in applies else ():
                yield Rule(selector.replace("&", "*").strip(), looks, None not in applies)
        if brace == "{":
            opened.append(prelude.replace("<!--", "").strip())
        elif opened:
            opened.pop()


def _applies(prelude: str) -> bool | None:
    """Tell whether what stands inside holds on a wide screen; `None` where it cannot be told."""
    if not prelude.startswith("@media"):
        if prelude[:1] != "@" or prelude.startswith("@container") or "not" in prelude:
            return None
        return prelude.startswith(("@layer", "@supports"))
    told: list[bool | None] = []
    for query in prelude.lower().removeprefix("@media").split(","):
        wide = [(SCREEN >= float(size)) == (bound == "min") for bound, size in WIDTH.findall(query)]
        words = set(WIDTH.sub(" ", query).split()) - {"and", "only", "screen", "all"}
        unknown = any("(" in word or ")" in word or word == "not" for word in words)
        told.append(None if unknown else not words and all(wide))
    return True if True in told else None if None in told else False


def _unescape(text: str) -> str:
    """Characters in place of their numbers, as ``\\64`` for d."""
    if "\\" not in text:
        return text
    return ESCAPED.sub(lambda found: chr(min(int(found[1], 16), 0xFFFF)) if found[1] else found[2], text)


# -- what a selector means ------------------------------------------------------------------------


class Selectors:
    """A page while selectors are resolved on it: its names, what was found, the cost so far."""

    def __init__(self, tree: "LexborHTMLParser") -> None:
        """Collect the names of the elements."""
        named = [(node.attributes.get("class"), node.id) for node in tree.css("[class], [id]")]
        self.names = {name for texts in named for text in texts for name in (text or "").lower().split()}
        self.tree, self.size, self.steps = tree, len(tree.css("*")), 0
        self.answers: dict[str, tuple[Found, bool]] = {}

    def find(self, selector: str) -> tuple[list["LexborNode"], bool]:
        """Find elements, and tell whether it is surely these; if not, it may be some of them."""
        bare, parts = BRACKETS.sub("", selector), PART.findall(selector)
        unknown = "\\" not in bare and not {name.lower() for name in NAME.findall(bare)} <= self.names
        if unknown or not parts:
            return [], True
        told = [self._answer(f"{part} {parts[-1]}") for part in parts[:-1]] or [self._answer(parts[-1])]
        common = set.intersection(*(set(found) for found, _ in told))
        self._pay(len(common) * CLIMB)
        return [told[0][0][one] for one in told[0][0] if one in common], all(sure for _, sure in told)

    def _answer(self, selector: str) -> tuple[Found, bool]:
        """Ask the parser, without what it does not understand or what would take the square of the page."""
        if selector not in self.answers:
            self._pay(self.size * CLIMB)
            costly = {*PSEUDO.findall(selector), *SIDE.findall(selector)} - CHEAP
            counts = self.size < FEW and all(name.startswith(("nth-", "~")) for name in costly)
            found = self._ask(selector) if counts or not costly else None
            bare = PSEUDO.sub("", SIDE.split(selector)[-1]).strip() or "*"
            sure = found is not None or (bare == selector.strip())
            self.answers[selector] = (self._ask(bare) or {} if found is None else found), sure
        return self.answers[selector]

    def _pay(self, steps: int) -> None:
        self.steps += steps
        if self.steps > MOST_STEPS:
            raise Unreadable(tell("readers.styles_too_long"))

    def _ask(self, selector: str) -> Found | None:
        from selectolax.lexbor import SelectolaxError

        try:
            return {node.mem_id: node for node in self.tree.css(selector)}
        except SelectolaxError:
            return None
