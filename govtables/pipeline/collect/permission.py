"""What may be asked for: public addresses alone, and what a host's robots.txt allows.

In: a host, the text of a robots.txt. Out: pools of urllib3 whose connections were looked at before the first
byte is sent, and which end at a deadline; `Rules`, as RFC 9309 reads them: the longest rule decides, `*` and
`$` among them. Next: `ask`.

A name is resolved once, all its addresses are checked, and one of these is connected to, so that a name that
resolves to something else a moment later changes nothing; redirects pass here like all else.
"""

import ipaddress
import re
import socket
from contextlib import suppress
from typing import NamedTuple
from urllib.parse import unquote

from urllib3 import HTTPConnectionPool, HTTPSConnectionPool, PoolManager
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError
from urllib3.util.connection import create_connection

from govtables.language import tell
from govtables.pipeline.collect.sources import Refused

NAT64 = ipaddress.ip_network("64:ff9b::/96")
GIVEN = ipaddress.ip_network("2000::/3")  # of IPv6, to anybody
AGENT = "govtables"  # as which it is told what it may ask
LINE = re.compile(r"\s*(user-agent|allow|disallow|crawl-delay)\s*:\s*([^#]*)", re.IGNORECASE)


def is_public(address: str) -> bool:
    """Tell whether an IP address lies in the public internet; a tunnel to one of IPv4 does not.

    >>> is_public("93.184.216.34"), is_public("::ffff:10.0.0.1"), is_public("169.254.169.254")
    (True, False, False)
    """
    known = ipaddress.ip_address(address.partition("%")[0])
    if known in NAT64:
        known = ipaddress.IPv4Address(int(known) & 0xFFFFFFFF)
    if known.version == 6 and (known not in GIVEN or known.sixtofour):
        return False
    return known.is_global and not known.is_multicast


def resolve(host: str, port: int, allow_local: bool) -> list[str]:
    """The addresses of a host; `Refused` if one of them is not public."""
    found = socket.getaddrinfo(host.strip("[]"), port, type=socket.SOCK_STREAM)
    addresses = list(dict.fromkeys(str(one[4][0]) for one in found))
    if not allow_local and not all(map(is_public, addresses)):
        raise Refused(tell("pipeline.local", host=host))
    return addresses


class Pools(PoolManager):
    """Pools of one asker; the connection that is open can be ended from another thread."""

    def __init__(self, allow_local: bool, timeout: float) -> None:
        super().__init__(timeout=timeout, retries=False)
        self.handle: socket.socket | None = None
        kinds = zip((HTTPConnectionPool, HTTPSConnectionPool), _make_kinds(allow_local, self), strict=True)
        plain, safe = (type(pool.__name__, (pool,), {"ConnectionCls": kind}) for pool, kind in kinds)
        self.pool_classes_by_scheme = {"http": plain, "https": safe}

    def cut(self) -> None:
        """End the connection, whatever waits for it."""
        with suppress(OSError, AttributeError):
            self.handle.shutdown(socket.SHUT_RDWR)

    def hang_up(self) -> None:
        """Leave nothing open: what comes late must not be the answer to another question."""
        self.clear()
        if self.handle:
            self.handle.close()


def _make_kinds(allow_local: bool, pools: Pools) -> tuple[type, type]:
    """Kinds of connections, without and with TLS."""

    class Checked:
        """A connection to an address that was checked."""

        def _new_conn(self) -> socket.socket:
            problem: Exception | None = None
            try:
                for address in resolve(self._dns_host, self.port, allow_local):
                    with suppress(OSError):
                        made = create_connection((address, self.port), self.timeout)
                        pools.handle = made.dup()
                        return made
            except OSError as found:
                problem = found
            raise HTTPError(tell("pipeline.not_reached", problem=problem or "–"))

    return (type("Plain", (Checked, HTTPConnection), {}), type("Safe", (Checked, HTTPSConnection), {}))


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
