"""Asking one host politely: one question at a time, with a pause, as its robots.txt allows.

In: addresses of http and https. Out: an `Answer`, or `Refused` and `Failed` with the reason. Next: `fetch`.
"""

import threading
import time
from contextlib import closing
from dataclasses import dataclass, field
from typing import NamedTuple
from urllib.parse import urldefrag, urljoin, urlsplit
from urllib.robotparser import RobotFileParser

from urllib3.exceptions import HTTPError, LocationParseError

from govtables.collect.connections import Pools
from govtables.collect.registry import Failed, Refused
from govtables.readers import LIMITS

SILENCE = 20.0  # seconds without a byte
SECONDS = 90.0  # for one answer, redirects included
TRIES, MOST_WAIT = 3, 30.0  # seconds before another try, and between questions if a robots.txt asks for more
REDIRECTS = 5
AGAIN = (408, 429, 500, 502, 503, 504)
MOVED = (301, 302, 303, 307, 308)
ROBOTS_BYTES = 500 << 10  # RFC 9309


class Answer(NamedTuple):
    """What a server sent: the status, the headers by small names, the bytes, and the last address."""

    status: int
    headers: dict[str, str]
    data: bytes
    url: str


@dataclass
class Asker:
    """Asks one host and whoever it redirects to, from one thread."""

    agent: str  # as which it asks
    pause: float
    allow_local: bool = False
    seconds: float = SECONDS
    _robots: dict[str, RobotFileParser | str] = field(default_factory=dict)  # or why there are none
    _last: dict[str, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._pools = Pools(self.allow_local, SILENCE)

    def __enter__(self) -> "Asker":
        return self

    def __exit__(self, *_: object) -> None:
        """Hang up."""
        self._pools.clear()

    def ask(self, url: str, etag: str | None = None) -> Answer:
        """Ask for an address, again after a pause where that may help; follow redirects as far as allowed."""
        for _ in range(REDIRECTS + 1):
            self._check(url)
            answer = self._try(url, etag)
            where = answer.headers.get("location")
            if answer.status not in MOVED or not where:
                return answer
            url = urldefrag(urljoin(url, where)).url
        raise Failed(f"more than {REDIRECTS} redirects")

    def _check(self, url: str) -> None:
        """Refuse what is no page of the web, and what its host does not want to be asked."""
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise Refused(f"{url!r} is no address of http or https")
        if parts.username or parts.password:
            raise Refused("a name or password stands in the address; take it out")
        robots = self._rules(f"{parts.scheme}://{parts.netloc}")
        if not robots.can_fetch(self.agent, url):
            raise Refused(f"robots.txt of {parts.hostname} does not allow it")

    def _rules(self, host: str) -> RobotFileParser:
        if host not in self._robots:
            try:
                self._robots[host] = self._read_rules(f"{host}/robots.txt")
            except Failed as why:
                self._robots[host] = f"robots.txt of {host} cannot be read, so nothing is asked: {why}"
        if isinstance(rules := self._robots[host], str):
            raise Failed(rules)
        return rules

    def _read_rules(self, url: str) -> RobotFileParser:
        """What a host allows; all, if it has no such file, and nothing while it cannot say so (RFC 9309)."""
        rules = RobotFileParser()
        for _ in range(REDIRECTS + 1):
            answer = self._try(url, None)
            if answer.status >= 500:
                raise Failed(f"the server answers {answer.status}")
            where = answer.headers.get("location")
            if answer.status not in MOVED or not where:
                found = answer.data[:ROBOTS_BYTES].decode("utf-8", "replace") if answer.status == 200 else ""
                rules.parse(found.lstrip("\ufeff").splitlines())
                return rules
            url = urljoin(url, where)
            if urlsplit(url).scheme not in ("http", "https"):
                break
        raise Failed("it leads nowhere")

    def _try(self, url: str, etag: str | None) -> Answer:
        for number in range(TRIES):
            try:
                answer, problem = self._once(url, etag), None
                if answer.status not in AGAIN:
                    return answer
                wait = answer.headers.get("retry-after", "")
            except HTTPError as found:
                answer, problem, wait = None, found, ""
            if number < TRIES - 1:
                time.sleep(min(float(wait) if wait.isdecimal() else self.pause * 2**number, MOST_WAIT))
        if answer is None:
            raise Failed(_tell(problem))
        return answer

    def _once(self, url: str, etag: str | None) -> Answer:
        self._wait(url)
        headers = {"User-Agent": self.agent, "Accept-Encoding": "gzip, deflate", "Accept": "*/*"}
        headers |= {"If-None-Match": etag} if etag else {}
        late = threading.Event()
        watch = threading.Timer(self.seconds, lambda: (late.set(), self._pools.cut()))
        watch.daemon = True
        watch.start()
        try:
            answer = self._pools.request("GET", url, headers=headers, redirect=False, preload_content=False)
            with closing(answer):
                found = {name.lower(): value for name, value in answer.headers.items()}
                data = b"" if answer.status in MOVED else _read(answer)
        except LocationParseError:
            raise Refused(f"{url!r} is no address") from None
        except (HTTPError, OSError, ValueError) as problem:  # as of a connection that was cut
            if not late.is_set():
                raise HTTPError(str(problem)) from None
        finally:
            watch.cancel()
            self._pools.tidy()
        if late.is_set():
            raise Failed(f"no whole answer within {self.seconds:.0f} s")
        return Answer(answer.status, found, data, url)

    def _wait(self, url: str) -> None:
        """Pause between two questions to one host, as long as it asks for."""
        parts = urlsplit(url)
        rules = self._robots.get(f"{parts.scheme}://{parts.netloc}")
        asked = rules.crawl_delay(self.agent) if isinstance(rules, RobotFileParser) else None
        pause = max(self.pause, min(float(asked or 0), MOST_WAIT))
        left = self._last.get(parts.netloc, 0) + pause - time.monotonic()
        if parts.netloc in self._last and left > 0:
            time.sleep(left)
        self._last[parts.netloc] = time.monotonic()


def _read(answer: object) -> bytes:
    """The bytes of an answer, not more of them than a document may have, whatever they unpack to."""
    data = bytearray()
    while piece := answer.read1(1 << 16):
        data += piece
        if len(data) > LIMITS.megabytes << 20:
            raise Failed(f"larger than {LIMITS.megabytes} MB")
    return bytes(data)


def _tell(problem: Exception) -> str:
    """A reason in one line, without the address of an object in memory."""
    text = str(problem).rpartition(">: ")[2].splitlines()
    return (text[0] if text else type(problem).__name__)[:200]
