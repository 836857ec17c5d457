"""A list of addresses becomes files with a registry; what is there already is not asked for again.

In: `sources.csv`, a folder. Out: files under the folder, `registry.csv`, and what came of each address.
Next: `cli`.

A file is written beside its place and moved there whole, and then written down, so that a run that is killed
goes on where it stopped. Nothing that was published once is written over: other bytes become a version `~2`.
"""

from __future__ import annotations

import hashlib
import os
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from datetime import UTC, datetime
from importlib.metadata import version
from itertools import count
from pathlib import Path, PurePosixPath
from threading import Event, Lock
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

from tqdm import tqdm

from govtables.collect.attachments import find_attachments, is_page, note_drawn
from govtables.collect.registry import (
    FAILED, FETCHED, LINKED, REFUSED, Entry, Failed, Refused, add_entry, read_registry, write_registry,
)
from govtables.collect.sources import Source, choose_suffix, read_sources

if TYPE_CHECKING:
    from govtables.collect.ask import Answer, Asker

HOSTS = 8  # that are asked at once, each by one question at a time
PAUSE = 1.0  # seconds between two questions to one host
OK, UNCHANGED = 200, 304
BESIDE = ".fetching-"  # before the name of a file that is not whole


class Fetched(NamedTuple):
    """What came of a list: all entries of the registry, and how many files are new."""

    entries: tuple[Entry, ...]
    new: int

    def __str__(self) -> str:
        """Say how many came, and what failed and why, the commonest reason first."""
        states = Counter(entry.status for entry in self.entries)
        kept = states[FETCHED] - self.new
        said = [f"{self.new} files fetched, {kept} kept, {states[FAILED]} failed, {states[REFUSED]} refused"]
        said += [f"{states[LINKED]} attachments are linked and not fetched"] * bool(states[LINKED])
        notes = [entry for entry in self.entries if entry.note]
        for note, many in Counter(entry.note for entry in notes).most_common():
            first = next(entry for entry in notes if entry.note == note)
            more = f" and {many - 1} more" if many > 1 else ""
            said.append(f"  {first.status}: {note}: {first.url}{more}")
        return "\n".join(said)


def fetch(
    sources: str | Path, raw: str | Path, *, attachments: bool = False, again: bool = False,
    allow_local: bool = False, pause: float = PAUSE, contact: str = "",
) -> Fetched:
    """Fetch every address of a list into a folder; what is there stays, unless `again` asks for newer bytes.

    `attachments` fetches the files that pages link as their report, too. `contact` is told to the servers.
    """
    try:
        from govtables.collect.ask import Asker
    except ImportError:
        raise ValueError("fetching needs urllib3; install it with: pip install 'govtables[fetch]'") from None
    raw, listed = Path(raw), read_sources(Path(sources))
    raw.mkdir(parents=True, exist_ok=True)
    agent = f"govtables/{version('govtables')}{f' ({contact})' if contact else ''}"
    run = _Run(raw, again, lambda: Asker(agent, pause, allow_local))
    run.fetch(listed)
    order = {source.url: number for number, source in enumerate(listed)}
    if attachments:
        linked = [one for one in run.entries(order) if one.page]
        run.fetch([Source(one.url, one.name, page=one.page) for one in linked])
    entries = run.entries(order)
    write_registry(raw, entries)
    return Fetched(tuple(entries), run.new)


class _Run:
    """One run over a folder: what is known of it, by address, and how it is added to."""

    def __init__(self, raw: Path, again: bool, make_asker: Callable[[], Asker]) -> None:
        self.raw, self.again, self.make_asker = raw, again, make_asker
        self.lock, self.stopped, self.new = Lock(), Event(), 0
        self.known: dict[str, list[Entry]] = {}
        for stale in raw.rglob(f"{BESIDE}*"):
            stale.unlink(missing_ok=True)
        for entry in read_registry(raw):
            self._take(entry)

    def entries(self, order: dict[str, int]) -> list[Entry]:
        """All that is known, in the order of the list: a page, its versions, what it is the first to link."""
        known = [one for entries in self.known.values() for one in entries]
        pages = {one.name: order.get(one.url, len(order)) for one in known}
        known = [one for one in known if not one.page or one.url not in order]
        known.sort(key=lambda one: (pages[one.page or one.name], bool(one.page), one.name))
        first = {one.url: one.page for one in reversed(known)}
        return [one for one in known if one.page == first[one.url]]

    def fetch(self, sources: Sequence[Source]) -> None:
        """Fetch what is not there, host by host."""
        hosts: dict[str, list[Source]] = {}
        for source in sources:
            if self.again or not self._files(source.url):
                hosts.setdefault(urlsplit(source.url).netloc.lower(), []).append(source)
        todo = sum(map(len, hosts.values()))
        with ThreadPoolExecutor(HOSTS) as pool, tqdm(total=todo, unit=" files", disable=None) as bar:
            waiting = [pool.submit(self._fetch_host, some, bar) for some in hosts.values()]
            try:
                for one in as_completed(waiting):
                    one.result()
            finally:
                self.stopped.set()
            self.stopped.clear()

    def _files(self, url: str) -> list[Entry]:
        """The versions of an address that are there."""
        known = [one for one in self.known.get(url, ()) if one.status == FETCHED]
        return [one for one in known if (self.raw / one.name).is_file()]

    def _fetch_host(self, sources: Iterable[Source], bar: tqdm) -> None:
        with self.make_asker() as asker:
            for source in sources:
                if self.stopped.is_set():
                    return
                for entry in self._fetch_one(asker, source):
                    with self.lock:
                        self._take(entry)
                        add_entry(self.raw, entry)
                bar.update()

    def _take(self, entry: Entry) -> None:
        """Know an entry: a file for good, a link until it is asked for, a failure until a file comes."""
        before = self.known.setdefault(entry.url, [])
        files = [one for one in before if one.status == FETCHED and one.name != entry.name]
        if entry.status == FETCHED:
            self.known[entry.url] = [*files, entry]
        elif entry.status != LINKED:
            self.known[entry.url] = files or [entry]
        elif not any(one.status != LINKED or one.page == entry.page for one in before):
            before.append(entry)

    def _fetch_one(self, asker: Asker, source: Source) -> list[Entry]:
        before = self._files(source.url)
        blank = Entry(source.stem, source.url, FAILED, page=source.page)
        try:
            answer = asker.ask(source.url, before[-1].etag if before else None)
        except Refused as why:
            return [blank._replace(status=REFUSED, note=str(why))]
        except Failed as why:
            return [blank._replace(note=str(why))]
        if answer.status == UNCHANGED and before:
            return []
        if answer.status != OK:
            return [blank._replace(final_url=answer.url, note=f"the server answers {answer.status}")]
        digest = hashlib.sha256(answer.data).hexdigest()
        if source.sha256 and digest != source.sha256:
            said = f"its SHA-256 is {digest}, not as the list says"
            return [blank._replace(final_url=answer.url, note=said)]
        if any(one.sha256 == digest for one in before):
            return []
        return self._keep(blank, answer, digest)

    def _keep(self, blank: Entry, answer: Answer, digest: str) -> list[Entry]:
        """Write a file whole, under a name that nothing else has; tell what its page links."""
        media_type = answer.headers.get("content-type", "").partition(";")[0].strip().lower()
        name = self._choose_name(blank.name, blank.url, media_type, answer.data)
        path = self.raw / name
        path.parent.mkdir(parents=True, exist_ok=True)
        beside = path.parent / f"{BESIDE}{os.getpid()}-{digest[:16]}"
        beside.write_bytes(answer.data)
        os.replace(beside, path)
        self.new += 1
        drawn, linked = "", []
        if is_page(answer.data):
            drawn, linked = note_drawn(answer.data), find_attachments(answer.data, answer.url)
        at = datetime.now(UTC).isoformat(timespec="seconds")
        kept = blank._replace(
            name=name, status=FETCHED, final_url=answer.url, fetched_at=at, sha256=digest,
            media_type=media_type, etag=answer.headers.get("etag", ""), note=drawn,
        )
        stem = name.removesuffix(PurePosixPath(name).suffix)
        names = [f"{stem}-attachment-{number}" for number in range(1, len(linked) + 1)]
        return [kept, *(Entry(*one, LINKED, page=name) for one in zip(names, linked, strict=True))]

    def _choose_name(self, stem: str, url: str, media_type: str, data: bytes) -> str:
        """The name that is wanted, or a version of it where other bytes have that name."""
        suffix = choose_suffix(stem, url, media_type)
        name = f"{stem}{suffix}"
        plain, suffix = name.removesuffix(PurePosixPath(name).suffix), PurePosixPath(name).suffix
        for number in count(2):
            path = self.raw / name
            if not path.exists() or (path.is_file() and path.read_bytes() == data):
                return name
            name = f"{plain}~{number}{suffix}"
        raise AssertionError
