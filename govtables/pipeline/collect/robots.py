"""What a host allows, as RFC 9309 reads a robots.txt: the longest rule decides, `*` and `$` among them.

In: the text of a robots.txt, or of a path. Out: `Rules`. Next: `ask`.
"""

import re
from typing import NamedTuple
from urllib.parse import unquote

AGENT = "govtables"  # as which it is told what it may ask
LINE = re.compile(r"\s*(user-agent|allow|disallow|crawl-delay)\s*:\s*([^#]*)", re.IGNORECASE)


class Rules(NamedTuple):
    """What stands for one agent, and the seconds that it asks for between two questions."""

    lines: tuple[tuple[str, str], ...] = ()
    delay: float = 0.0

    def allow(self, path: str) -> bool:
        """Tell whether a path, its query behind it, may be asked for.

        >>> read_rules("User-agent: *\\nDisallow: /*.pdf$").allow("/a.pdf")
        False
        """
        path = unquote(path)
        said = [(len(rule), key == "allow") for key, rule in self.lines if rule and _make(rule).match(path)]
        return max(said, default=(0, True))[1]


def read_rules(text: str) -> Rules:
    """Read the groups of this agent, or else those of all."""
    groups: dict[str, list[tuple[str, str]]] = {}
    agents, ended = [], True
    for found in filter(None, map(LINE.match, text.lstrip("\ufeff").splitlines())):
        key, value = found[1].lower(), found[2].strip()
        if key != "user-agent":
            for agent in agents:
                groups[agent].append((key, unquote(value)))
        else:
            agents = [*([] if ended else agents), value.partition("/")[0].strip().lower()]
            groups.setdefault(agents[-1], [])
        ended = key != "user-agent"
    mine = groups.get(AGENT, groups.get("*", []))
    numbers = (said for key, said in mine if key == "crawl-delay" and re.fullmatch(r"\d+(\.\d+)?", said))
    rules = tuple(line for line in mine if line[0] != "crawl-delay")
    return Rules(rules, max(map(float, numbers), default=0.0))


def _make(rule: str) -> re.Pattern:
    """A pattern that never goes back to try a `*` otherwise, so that no rule takes long."""
    first, *rest = map(re.escape, rule.removesuffix("$").split("*"))
    last = f".*{rest.pop()}" if rest else ""
    between = "".join(f"(?>.*?{piece})" for piece in rest)
    return re.compile(first + between + last + r"\Z" * rule.endswith("$"), re.DOTALL)
