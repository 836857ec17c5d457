"""Asking one host politely: one question at a time, with a pause, as its robots.txt allows.

In: addresses of http and https. Out: an `Answer`, or `Refused` and `Failed` with the reason. Next: `fetch`.
"""

import string
import threading
import time
import zlib
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from typing import NamedTuple
from urllib.parse import quote, urljoin

from urllib3.exceptions import HTTPError, LocationParseError, ProtocolError
from urllib3.util import Url, parse_url

from govtables.language import Said, tell
from govtables.pipeline.collect.permission import Pools, Rules, read_rules
from govtables.pipeline.collect.sources import Failed, Refused
from govtables.readers import LIMITS

SILENCE = 20.0  # seconds without a byte
SECONDS = 90.0  # for one answer
TRIES, MOST_WAIT = 3, 30.0  # seconds before another try, and between questions if a robots.txt asks for more
REDIRECTS = 5
AGAIN = (408, 429, 500, 502, 503, 504)
MOVED = (301, 302, 303, 307, 308)
ROBOTS_BYTES = 500 << 10  # RFC 9309
PACKED = {"gzip": (31,), "x-gzip": (31,), "deflate": (15, -15)}  # by what zlib calls them
OTHERS = ("br", "zstd", "compress", "x-compress", "dcb", "dcz")  # that nobody asked for


class Answer(NamedTuple):
    """What a server sent: the status, the headers by small names, the bytes, and the last address."""

    status: int
    headers: dict[str, str]
    data: bytes
    url: str


@dataclass
class Turns:
    """When each host may be asked again, whoever asks it; the end of all waiting."""

    stopped: threading.Event = field(default_factory=threading.Event)
    _next: dict[str, float] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def wait(self, host: str, pause: float) -> None:
        """Wait for one's turn at a host."""
        with self._lock:
            at = max(self._next.get(host, 0), time.monotonic())
            self._next[host] = at + pause
        self.rest(at - time.monotonic())

    def rest(self, seconds: float) -> None:
        """Wait, unless all is to stop."""
        if self.stopped.wait(max(seconds, 0)):
            raise Failed("stopped")


@dataclass
class Asker:
    """Asks one host and whoever it redirects to, from one thread."""

    agent: str  # as which it asks
    pause: float
    allow_local: bool = False
    seconds: float = SECONDS
    turns: Turns = field(default_factory=Turns)  # which askers share
    _robots: dict[str, Rules | str] = field(default_factory=dict)  # or why there are none

    def __post_init__(self) -> None:
        self._pools = Pools(self.allow_local, SILENCE)
        self.cut = self._pools.cut  # from another thread

    def ask(self, url: str, etag: str | None = None) -> Answer:
        """Ask for an address, again after a pause where that may help; follow redirects as far as allowed."""
        return self._follow(url, etag, self._check)

    def _follow(self, url: str, etag: str | None, check: Callable[[Url], None]) -> Answer:
        for _ in range(REDIRECTS + 1):
            address = _read_address(url)
            check(address)
            answer = self._try(address, etag)
            where = answer.headers.get("location")
            if answer.status not in MOVED or not where:
                return answer
            try:  # the bytes that were sent, whatever their encoding
                url = urljoin(address.url, quote(where.encode("latin-1"), safe=string.punctuation))
            except ValueError:
                raise Failed(tell("pipeline.redirects_wrong", where=where)) from None
        raise Failed(tell("pipeline.redirects_on", most=REDIRECTS))

    def _check(self, address: Url) -> None:
        """Refuse what a host does not want to be asked."""
        host = f"{address.scheme}://{address.netloc}"
        if host not in self._robots:
            try:
                self._robots[host] = self._read_rules(f"{host}/robots.txt")
            except Failed as why:
                self.turns.rest(0)
                self._robots[host] = tell("pipeline.robots_unread", host=host, why=str(why))
        if isinstance(rules := self._robots[host], str):
            raise Failed(rules)
        if not rules.allow(address.request_uri):
            raise Refused(tell("pipeline.robots_refuse", host=address.host))

    def _read_rules(self, url: str) -> Rules:
        """What a host allows; all, if it has no such file, and nothing while it cannot say so (RFC 9309)."""
        answer = self._follow(url, None, lambda _: None)
        if answer.status in AGAIN or answer.status >= 500:
            raise Failed(tell("pipeline.answers", status=answer.status))
        text = answer.data[:ROBOTS_BYTES].decode("utf-8", "replace")
        return read_rules(text if answer.status == 200 else "")

    def _try(self, address: Url, etag: str | None) -> Answer:
        for number in range(TRIES):
            try:
                answer, problem = self._once(address, etag), None
                if answer.status not in AGAIN:
                    return answer
                wait = answer.headers.get("retry-after", "")
            except HTTPError as found:
                answer, problem, wait = None, found, ""
            if number < TRIES - 1:
                self.turns.rest(min(float(wait) if wait.isdecimal() else self.pause * 2**number, MOST_WAIT))
        if answer is None:
            raise Failed(str(problem))
        return answer

    def _once(self, address: Url, etag: str | None) -> Answer:
        rules = self._robots.get(f"{address.scheme}://{address.netloc}")
        asked = rules.delay if isinstance(rules, Rules) else 0.0
        self.turns.wait(str(address.host), max(self.pause, min(asked, MOST_WAIT)))
        headers = {"User-Agent": self.agent, "Accept-Encoding": "gzip, deflate", "Connection": "close"}
        headers |= {"If-None-Match": etag} if etag else {}
        late = threading.Event()
        watch = threading.Timer(self.seconds, lambda: (late.set(), self.cut()))
        watch.daemon = True
        watch.start()
        try:
            options = {"headers": headers, "redirect": False, "preload_content": False}
            with closing(self._pools.request("GET", address.url, **options)) as answer:
                found = {name.lower(): value for name, value in answer.headers.items()}
                data = b"" if answer.status in MOVED else _read(answer)
        except (HTTPError, OSError, ValueError) as problem:  # as of a connection that was cut
            if not late.is_set():
                broken = tell("pipeline.broke_off") if isinstance(problem, ProtocolError) else None
                raise HTTPError(broken or _tell(problem)) from None
        finally:
            watch.cancel()
            self._pools.hang_up()
        self.turns.rest(0)  # what was cut for the end of all looks whole
        if late.is_set():
            raise Failed(tell("pipeline.too_late", seconds=self.seconds))
        return Answer(answer.status, found, _unpack(data, found.get("content-encoding", "")), address.url)


def _read_address(url: str) -> Url:
    """Read an address as it is asked for: its letters escaped, without a fragment."""
    try:
        address = parse_url(url.strip())._replace(fragment=None)
    except LocationParseError:
        raise Refused(tell("pipeline.no_address", url=url)) from None
    if address.scheme not in ("http", "https") or not address.host:
        raise Refused(tell("pipeline.no_http", url=url))
    if address.auth:
        raise Refused(tell("pipeline.password"))
    return address


def _read(answer: object) -> bytes:
    """The bytes of an answer as they were sent, not more of them than a document may have."""
    data = bytearray()
    while piece := answer.read1(1 << 16, decode_content=False):
        data += piece
        if len(data) > LIMITS.megabytes << 20:
            raise Failed(tell("pipeline.larger", megabytes=LIMITS.megabytes))
    return bytes(data)


def _unpack(data: bytes, coding: str) -> bytes:
    """The bytes that were packed on their way, all of them, and not more than a document may have."""
    coding = coding.strip().lower()
    if data and (coding in OTHERS or "," in coding):
        raise Failed(tell("pipeline.packed", coding=coding))
    most = LIMITS.megabytes << 20
    for bits in PACKED.get(coding, ()) if data else ():
        unpacker = zlib.decompressobj(bits)
        try:
            found = unpacker.decompress(data, most + 1)
        except zlib.error:
            continue
        if len(found) > most:
            raise Failed(tell("pipeline.larger", megabytes=LIMITS.megabytes))
        if unpacker.eof and not unpacker.unused_data.startswith(b"\x1f\x8b"):  # another one behind it
            return found
    if data and coding in PACKED:
        raise Failed(tell("pipeline.packed_damaged", coding=coding))
    return data


def _tell(problem: Exception) -> str:
    """A reason in one line, without the address of an object in memory."""
    if isinstance(said := str(problem), Said):
        return said
    text = said.rpartition(">: ")[2].splitlines()
    return (text[0] if text else type(problem).__name__)[:200]
