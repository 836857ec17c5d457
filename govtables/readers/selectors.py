"""Elements of a page that a style rule means.

In: a parsed page, selectors. Out: elements, and whether it is surely these. Next: `cascade`.

The parser takes the power of the depth of a page for a selector of many parts. So it is asked for each part
with the last one, and what all answers have in common counts.
"""

import re
from typing import TYPE_CHECKING

from govtables.readers.document import Unreadable

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

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

Found = dict[int, "LexborNode"]  # elements by their id


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
            raise Unreadable("its style rules take too long to resolve; save the report without them")

    def _ask(self, selector: str) -> Found | None:
        from selectolax.lexbor import SelectolaxError

        try:
            return {node.mem_id: node for node in self.tree.css(selector)}
        except SelectolaxError:
            return None
