"""A list of addresses becomes files with a registry; what is there already is not asked for again.

In: `sources.csv`, a folder. Out: files under the folder, `registry.csv`, and what came of each address.
Next: `cli`.

A file is written beside its place, written down, and then moved there whole, so that a run that is killed
goes on where it stopped. Nothing that was published once is written over: other bytes become a version `~2`.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from datetime import UTC, datetime
from importlib.metadata import version
from itertools import chain, count
from pathlib import Path, PurePosixPath
from threading import Event, Lock
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

from tqdm import tqdm

from govtables.dataset import hold
from govtables.declared import mistake, say
from govtables.language import Said, tell
from govtables.pipeline.collect.sources import (
    Failed, Refused, Source, choose_suffix, find_attachments, media_type, page_text, read_sources,
)
from govtables.pipeline.registry import (
    BESIDE, FAILED, FETCHED, LINKED, REFUSED, Entry, add_entries, read_registry, write_registry,
)
from govtables.readers import Unreadable, open_document

if TYPE_CHECKING:
    from govtables.pipeline.collect.ask import Answer, Asker

HOSTS = 8  # that are asked at once, each by one question at a time
PAUSE = 1.0  # seconds between two questions to one host
OK, UNCHANGED = 200, 304
MOST_LINKED = 50  # attachments of a page


class Fetched(NamedTuple):
    """What came of a list: all entries of the registry, and how many files are new."""

    entries: tuple[Entry, ...]
    new: int

    def __str__(self) -> str:
        """Say how many came, and what failed and why, the commonest reason first."""
        states = Counter(entry.status for entry in self.entries)
        kept = sum(entry.is_file for entry in self.entries) - self.new
        counts = {"n": self.new, "kept": kept, "failed": states[FAILED], "refused": states[REFUSED]}
        said = [say("pipeline.fetched_one" if self.new == 1 else "pipeline.fetched", **counts)]
        said += [say("pipeline.linked_more", n=states[LINKED])] * bool(states[LINKED])
        for note, many in Counter(entry.note for entry in self.entries if entry.note).most_common():
            first = next(entry for entry in self.entries if entry.note == note)
            more = tell("pipeline.and_more", n=many - 1) if many > 1 else ""
            facts = {"note": Said(note, first.note_zh or note), "url": first.url, "more": more}
            said.append(say("pipeline.noted", status=tell(f"pipeline.state_{first.status}"), **facts))
        return "\n".join(said)


def fetch(
    sources: str | Path, raw: str | Path, *, attachments: bool = False, again: bool = False,
    allow_local: bool = False, pause: float = PAUSE, contact: str = "",
) -> Fetched:
    """Fetch every address of a list into a folder; what is there stays, unless `again` asks for newer bytes.

    `attachments` fetches the files that pages link as their report, too. `contact` is told to the servers.
    """
    try:
        from govtables.pipeline.collect.ask import Asker, Turns
    except ImportError:
        raise mistake("pipeline.needs_urllib3") from None
    if not (contact.isascii() and contact.isprintable()):
        raise mistake("pipeline.contact", contact=contact)
    raw, listed = Path(raw), read_sources(Path(sources))
    agent, turns = f"govtables/{version('govtables')}{f' ({contact})' if contact else ''}", Turns()
    try:
        raw.mkdir(parents=True, exist_ok=True)
        with hold(raw, raw / f"{BESIDE}lock"):
            run = _Run(raw, again, turns.stopped, lambda: Asker(agent, pause, allow_local, turns=turns))
            run.fetch(listed)
            order = {source.url: number for number, source in enumerate(listed)}
            if attachments:
                linked = [one for one in run.entries(order) if one.page]
                run.fetch([Source(one.url, one.name, page=one.page) for one in linked])
            entries = run.entries(order)
            write_registry(raw, entries)
    except OSError as problem:  # of the disk; what servers do is written down
        facts = {"path": problem.filename or raw, "problem": problem.strerror or problem}
        raise mistake("pipeline.fetch_disk", **facts) from problem
    return Fetched(tuple(entries), run.new)


class _Run:
    """One run over a folder: what is known of it, by address, and how it is added to."""

    def __init__(self, raw: Path, again: bool, stopped: Event, make_asker: Callable[[], Asker]) -> None:
        self.raw, self.again, self.stopped, self.make_asker = raw, again, stopped, make_asker
        self.lock, self.new, self.askers = Lock(), 0, []
        self.known: dict[str, list[Entry]] = {}
        for stale in raw.rglob(f"{BESIDE}[0-9]*"):
            stale.unlink(missing_ok=True)
        before = read_registry(raw)
        for entry in before:
            if entry.is_file and not (raw / entry.name).is_file():  # somebody deleted it
                entry = Entry(entry.name, entry.url, LINKED, page=entry.page)
            if entry.page or entry.is_file:  # all else is asked for again
                self._take(entry)
        if before:  # however it was saved
            write_registry(raw, before)

    def entries(self, order: dict[str, int]) -> list[Entry]:
        """All that is known, in the order of the list: a page, its versions, what it is the first to link."""
        known = [one for entries in self.known.values() for one in entries]
        pages = {one.name: order.get(one.url, len(order)) for one in known}
        known = [one for one in known if not one.page or one.url not in order]
        known.sort(key=lambda one: (not one.page and not one.is_file, _count_up(one.name)))
        known.sort(key=lambda one: (pages.get(one.page or one.name, len(order)), bool(one.page)))
        first = {one.url: one.page for one in reversed(known)}
        return [one for one in known if one.page == first[one.url]]

    def fetch(self, sources: Sequence[Source]) -> None:
        """Fetch what is not there, host by host."""
        hosts: dict[str, list[Source]] = {}
        for source in sources:
            files = self._files(source.url)
            if self.again or not any(source.sha256 in ("", one.sha256) for one in files):
                hosts.setdefault(urlsplit(source.url).netloc.lower(), []).append(source)
        todo = sum(map(len, hosts.values()))
        shown = {"unit": say("pipeline.unit_files"), "disable": None}
        with ThreadPoolExecutor(HOSTS) as pool, tqdm(total=todo, **shown) as bar:
            waiting = [pool.submit(self._fetch_host, some, bar) for some in hosts.values()]
            try:
                for one in as_completed(waiting):
                    one.result()
            except BaseException:
                self.stopped.set()
                for asker in self.askers:
                    asker.cut()
                raise

    def _files(self, url: str) -> list[Entry]:
        """The versions of an address that are there."""
        known = [one for one in self.known.get(url, ()) if one.is_file]
        return [one for one in known if (self.raw / one.name).is_file()]

    def _fetch_host(self, sources: Iterable[Source], bar: tqdm) -> None:
        self.askers.append(asker := self.make_asker())
        for source in sources:
            entries = self._fetch_one(asker, source)
            if self.stopped.is_set():
                return
            with self.lock:
                for entry in entries:
                    self._take(entry)
            bar.update()

    def _take(self, entry: Entry) -> None:
        """Know an entry: a file for good, a link until it is asked for, a failure until it is asked again."""
        before = self.known.setdefault(entry.url, [])
        files = [one for one in before if one.is_file and one.name != entry.name]
        if entry.status != LINKED:
            self.known[entry.url] = [*files, entry]
        elif not any(one.status != LINKED or one.page == entry.page for one in before):
            before.append(entry)

    def _fetch_one(self, asker: Asker, source: Source) -> list[Entry]:
        before = self._files(source.url)
        blank = Entry(source.stem, source.url, FAILED, page=source.page)
        try:
            answer = asker.ask(source.url, before[-1].etag if before and not source.sha256 else None)
        except Refused as why:
            return [blank.noted(str(why))._replace(status=REFUSED)]
        except Failed as why:
            return [blank.noted(str(why))]
        if answer.status == UNCHANGED and before:
            return []
        blank = blank._replace(final_url=answer.url)
        if answer.status != OK or not answer.data:
            code = "pipeline.answers_nothing" if answer.status == OK else "pipeline.answers"
            return [blank.noted(tell(code, status=answer.status))]
        digest = hashlib.sha256(answer.data).hexdigest()
        if source.sha256 and digest != source.sha256:
            return [blank.noted(tell("pipeline.other_sha256", digest=digest))]
        if any(one.sha256 == digest for one in before):
            return []
        return self._keep(blank, answer, digest)

    def _keep(self, blank: Entry, answer: Answer, digest: str) -> list[Entry]:
        """Write a file whole, under a name that nothing else has; tell what its page links."""
        page, linked, note = page_text(answer.data, answer.headers.get("content-type", "")), [], ""
        try:
            if page and not blank.page:
                if not (linked := find_attachments(page, answer.url)):
                    open_document(answer.data, blank.name)
        except Unreadable as why:  # as where a program draws the page
            note = str(why)
        if page and blank.page:
            note = tell("pipeline.page_came")
        elif linked[MOST_LINKED:]:
            note = tell("pipeline.many_linked", many=len(linked), most=MOST_LINKED)
        kept = blank.noted(note)._replace(
            status=FETCHED, fetched_at=datetime.now(UTC).isoformat(timespec="seconds"), sha256=digest,
            media_type=media_type(answer.headers), etag=answer.headers.get("etag", ""),
        )
        with self.lock:  # or two would take one name
            suffix = choose_suffix(blank.name, (answer.url, blank.url), answer.headers, answer.data)
            kept = kept._replace(name=self._choose_name(f"{blank.name}{suffix}", answer.data))
            stem = kept.name.removesuffix(PurePosixPath(kept.name).suffix)
            numbered = enumerate(linked[:MOST_LINKED], 1)
            links = [Entry(f"{stem}-attachment-{n}", one, LINKED, page=kept.name) for n, one in numbered]
            path = self.raw / kept.name
            path.parent.mkdir(parents=True, exist_ok=True)
            beside = path.parent / f"{BESIDE}{os.getpid()}-{digest[:16]}"
            beside.write_bytes(answer.data)
            add_entries(self.raw, [*links, kept])  # before the file: one that nobody wrote down would stay
            os.replace(beside, path)
            self.new += 1
        return [kept, *links]

    def _choose_name(self, name: str, data: bytes) -> str:
        """The name that is wanted, or a version of it where other bytes have that name."""
        suffix = PurePosixPath(name).suffix
        versions = (f"{name.removesuffix(suffix)}~{number}{suffix}" for number in count(2))
        paths = (self.raw / one for one in chain([name], versions))
        free = next(one for one in paths if not one.exists() or one.is_file() and one.read_bytes() == data)
        return free.relative_to(self.raw).as_posix()


def _count_up(name: str) -> list[tuple[str, int]]:
    """A key by which `a~10` comes behind `a~2`."""
    return [(text, int(digits or 0)) for text, digits in re.findall(r"([^0-9]*)([0-9]*)", name)]
