"""Connections to public addresses alone, which end at a deadline.

In: a host. Out: pools of urllib3 whose connections were looked at before the first byte is sent. Next: `ask`.

A name is resolved once, all its addresses are checked, and one of these is connected to, so that a name that
resolves to something else a moment later changes nothing; redirects pass here like all else.
"""

import ipaddress
import socket
from contextlib import suppress

from urllib3 import HTTPConnectionPool, HTTPSConnectionPool, PoolManager
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError
from urllib3.util.connection import create_connection

from govtables.language import tell
from govtables.pipeline.collect.sources import Refused

NAT64 = ipaddress.ip_network("64:ff9b::/96")
GIVEN = ipaddress.ip_network("2000::/3")  # of IPv6, to anybody


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
