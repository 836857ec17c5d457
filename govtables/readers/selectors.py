"""Elements of a page that a style rule means.

In: a parsed page, selectors. Out: elements, and whether it is surely these. Next: `cascade`.

The parser is asked for one simple part of a selector after the other, never for a whole one: on a deep page that
may take it the power of the depth.
"""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from govtables.readers.document import Unreadable

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

INNER = r"\[[^\]]*\]|\((?:[^()]|\([^()]*\))*\)"
BRACKETS = re.compile(INNER)
PART = re.compile(rf"\s*([\s>+~])\s*((?:{INNER}|\\.|[^\s>+~\[(\\])+)")
PSEUDO = re.compile(rf"(?<!\\)::?([\w-]+)(?:{INNER})?")
NAME = re.compile(r"[.#]((?:[\w-]|[^\x00-\x7f])+)")
# What the parser tells at little cost; of what needs a mouse or a link it finds none.
CHEAP = frozenset(
    "first-child last-child only-child first-of-type last-of-type root empty hover focus active visited link "
    "focus-within focus-visible target checked disabled enabled not is where".split()
)
# Steps of the parser; one of ours up the tree costs as some of them, a pair of elements as a part of one.
MOST_STEPS, CLIMB, PAIRS = 10_000_000, 2, 20
MOST_PARTS = 12  # of one selector

Found = dict[int, "LexborNode"]  # elements by their id
Chain = list[tuple[str, Found]]  # parts of a selector: how each follows the one before, its elements


class Selectors:
    """A page while selectors are resolved on it: its names, what parts of selectors mean, the cost so far."""

    def __init__(self, tree: "LexborHTMLParser") -> None:
        """Collect the names of the elements."""
        texts = [text for node in tree.css("[class], [id]") for text in (node.attributes.get("class"), node.id)]
        self.names = {name for text in texts for name in (text or "").lower().split()}
        self.tree, self.size, self.steps = tree, len(tree.css("*")), 0
        self.parts: dict[str, tuple[Found, bool]] = {}

    def find(self, selector: str) -> tuple[list["LexborNode"], bool]:
        """Find elements, and tell whether it is surely these; if not, it may be some of them."""
        bare, links = BRACKETS.sub("", selector), PART.findall(f" {selector}")
        unknown = "\\" not in bare and not {name.lower() for name in NAME.findall(bare)} <= self.names
        if unknown or not links:
            return [], True
        parts = [(joint.strip(), *self._find_part(part)) for joint, part in links[-MOST_PARTS:]]
        chain, known = [(joint, found) for joint, found, _ in parts], {}
        found = [one for one in chain[-1][1].values() if self._fits(one, chain, len(chain) - 1, known)]
        return found, len(links) <= MOST_PARTS and all(sure for *_, sure in parts)

    def _find_part(self, part: str) -> tuple[Found, bool]:
        """Elements that a simple part means, without what in it is not understood or would cost too much."""
        if part not in self.parts:
            costly = [name for name in PSEUDO.findall(part) if name not in CHEAP]
            pairs = self.size**2 // PAIRS
            counted = all(name.startswith("nth-") for name in costly) and self.steps + pairs < MOST_STEPS
            self._pay(pairs if costly and counted else self.size)
            self.parts[part] = self._ask(part if counted else PSEUDO.sub("", part) or "*", counted)
        return self.parts[part]

    def _ask(self, part: str, sure: bool) -> tuple[Found, bool]:
        from selectolax.lexbor import SelectolaxError

        try:
            return {node.mem_id: node for node in self.tree.css(part)}, sure
        except SelectolaxError:
            bare = PSEUDO.sub("", part) or "*"
            return ({}, True) if bare == part else self._ask(bare, sure=False)

    def _fits(self, node: "LexborNode", chain: Chain, at: int, known: dict[tuple[int, int], bool]) -> bool:
        """Tell whether the parts before the one at `at` are found around an element or beside it."""
        key = (node.mem_id, at)
        if at and key not in known:
            found = chain[at - 1][1]
            before = (one for one in self._before(node, chain[at][0]) if one.mem_id in found)
            known[key] = any(self._fits(one, chain, at - 1, known) for one in before)
        return not at or known[key]

    def _before(self, node: "LexborNode", joint: str) -> Iterator["LexborNode"]:
        beside = joint in ("+", "~")
        one = node.prev if beside else node.parent
        while one is not None:
            self._pay(CLIMB)
            if one.is_element_node:
                yield one
                if joint in (">", "+"):
                    return
            one = one.prev if beside else one.parent

    def _pay(self, steps: int) -> None:
        self.steps += steps
        if self.steps > MOST_STEPS:
            raise Unreadable("its style rules take too long to resolve; save the report without them, or as text")
