"""What a host allows, as RFC 9309 reads a robots.txt: the longest rule decides, `*` and `$` among them.

In: the text of a robots.txt, or of a path. Out: `Rules`. Next: `ask`.
"""

from typing import NamedTuple
from urllib.parse import unquote

AGENT = "govtables"  # as which it is told what it may ask
DELAY = "crawl-delay"


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
        found = [(len(rule), key == "allow") for key, rule in self.lines if rule and _fits(rule, path)]
        return max(found, default=(0, True))[1]


def read_rules(text: str) -> Rules:
    """Read the groups of this agent, or else those of all."""
    groups: dict[str, list[tuple[str, str]]] = {}
    agents, ended = [], False
    for line in text.lstrip("\ufeff").splitlines():
        key, value = (part.strip() for part in (line.partition("#")[0] + ":").split(":", 1))
        key, value = key.lower(), value[:-1].strip()
        if key == "user-agent":
            agents = [*([] if ended else agents), value.partition("/")[0].strip().lower()]
            groups.setdefault(agents[-1], [])
        elif key in ("allow", "disallow", DELAY):
            for agent in agents:
                groups[agent].append((key, unquote(value)))
        ended = key in ("allow", "disallow", DELAY) or ended and key != "user-agent"
    mine = groups.get(AGENT, groups.get("*", []))
    delays = [float(value) for key, value in mine if key == DELAY and value.replace(".", "", 1).isdecimal()]
    return Rules(tuple(line for line in mine if line[0] != DELAY), max(delays, default=0.0))


def _fits(rule: str, path: str) -> bool:
    """Tell whether a rule is about a path, piece by piece, so that no rule takes long."""
    first, *rest = rule.removesuffix("$").split("*")
    whole, at = rule.endswith("$"), len(first)
    if not path.startswith(first):
        return False
    last = rest.pop() if whole and rest else ""
    for piece in rest:
        if (found := path.find(piece, at)) < 0:
            return False
        at = found + len(piece)
    return not whole or (path.endswith(last) and len(path) - len(last) >= at if "*" in rule else path == first)
