"""Speed of reading: streams of documents that are met for the first time, by stage, beside other tools.

In: made reports, none of them twice; perhaps another checkout. Out: medians over batches of CPU time, which
other work on the machine disturbs less than wall time, and ratios within the batches. It only prints:
machines differ, so the reader judges.

All that read a batch do so one after the other: each checkout in a process of its own, other tools beside
this one. Where shapes repeat, the documents are those of a few sites: the labels, layout and words of one are
always the same, its numbers never.
"""

from __future__ import annotations

import argparse
import json
import os
import pickle
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count, islice
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from relay.score import MAKERS
from scoring import print_aligned
from synthetic import GENERATIONS, LAYOUTS, Sample, make_report

ROOT = Path(__file__).resolve().parent.parent
FIRST_SEED = 70_000_000  # far from those of other benchmarks
SITES = 12  # of a stream whose shapes repeat
PAGE_BYTES = range(60_000, 70_000)
TEXTS = [layout for layout in LAYOUTS if layout != "html"]
STAGES = (
    "read", "sections", "match", "facts", "issuer", "audit", "prose", "rest", "to Arrow", "fingerprint",
    "Parquet", "to cells", "all",
)
OWN, OTHER = "govtables", "against"


@dataclass(frozen=True, slots=True)
class Stream:
    """Documents that are met for the first time, and the tools that read them."""

    name: str
    documents: Iterator[Sample]
    peers: tuple[str, ...] = ()
    share: float = 1.0  # of the documents of a run
    target: str = ""  # of documents to cells
    ratio: str = ""  # the same, beside the first of the other tools


def texts(noise: bool) -> Iterator[Sample]:
    """Text reports, layouts and generations in turn."""
    for n in count():
        yield make_report(FIRST_SEED + n, GENERATIONS[n // 2 % 2], TEXTS[n % len(TEXTS)], noise)


def pages() -> Iterator[Sample]:
    """Web pages of some 65 KB."""
    made = (make_report(FIRST_SEED + n, GENERATIONS[n % 2], "html", False) for n in count())
    return (page for page in made if len(page.data) in PAGE_BYTES)


def repeated(layouts: Sequence[str], sizes: range) -> Iterator[Sample]:
    """Reports of a few sites in turn, each with one template and new numbers every time."""

    def of_site(seed: int, figures: int | None) -> Sample:
        return make_report(seed, GENERATIONS[seed % 2], layouts[seed % len(layouts)], False, figures)

    seeds = (seed for seed in count(FIRST_SEED) if len(of_site(seed, 0).data) in sizes)
    sites = list(islice(seeds, SITES))
    return (of_site(sites[n % SITES], FIRST_SEED + n) for n in count())


def others(kind: str) -> Iterator[Sample]:
    """Documents of another format."""
    return (MAKERS[kind][0](FIRST_SEED + n, GENERATIONS[n % 2], False) for n in count())


def make_streams() -> list[Stream]:
    """The streams, cheap ones first."""
    tools = ("pandas.read_html", "lexbor, only parsed")
    return [
        Stream("text", texts(noise=False), target="≥ 700 /s"),
        Stream("text, noisy", texts(noise=True)),
        Stream("text, shapes repeat", repeated(TEXTS, range(10**6)), target="≥ 1,000 /s"),
        Stream("pages of 65 KB", pages(), tools, 0.5, ratio="≥ 4 ×"),
        Stream("pages of 65 KB, shapes repeat", repeated(["html"], PAGE_BYTES), tools, 0.5, ratio="≥ 5 ×"),
        Stream("docx", others("docx"), ("python-docx",), 0.2),
        Stream("xlsx", others("xlsx"), ("calamine",), 0.2),
        Stream("pdf", others("pdf"), ("pdfplumber",), 0.05),
    ]


class Reader:
    """A process that reads documents with the package of a checkout, and with other tools."""

    def __init__(self, checkout: Path) -> None:
        environment = os.environ | {"PYTHONPATH": f"{checkout}{os.pathsep}{ROOT / 'benchmarks'}"}
        self.process = subprocess.Popen(
            [sys.executable, ROOT / "benchmarks" / "timed.py"], env=environment, text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        )

    def time(self, tool: str, path: Path) -> "Timed":
        """What each document takes, and the stages together, in seconds of CPU."""
        self.process.stdin.write(f"{tool}\t{path}\n")
        self.process.stdin.flush()
        return Timed(*json.loads(self.process.stdout.readline()))

    def close(self) -> None:
        """End the process."""
        self.process.stdin.close()
        self.process.wait()


@dataclass(frozen=True, slots=True)
class Timed:
    """What a batch takes."""

    each: list[float | None]  # `None` where the tool raises
    stages: dict[str, float]

    def of_one(self, stage: str) -> float:
        """What a document takes."""
        return self.stages.get(stage, 0.0) / len(self.each)


Times = list[dict[str, Timed]]  # of each batch, by tool


def measure(stream: Stream, readers: dict[str, Reader], number: int, batch: int, room: Path) -> Times:
    """Time all tools on the batches of a stream, in turn and back; the first batch warms up."""
    works = [(name, OWN, reader) for name, reader in readers.items()]
    works += [(peer, peer, readers[OWN]) for peer in stream.peers]
    size, found = max(2, round(batch * stream.share)), []
    for _ in range(1 + number // batch):
        made = [(one.data, one.name, one.encoding) for one in islice(stream.documents, size)]
        (path := room / "documents").write_bytes(pickle.dumps(made))
        works.reverse()
        found.append({name: reader.time(tool, path) for name, tool, reader in works})
    return found[1:]


def ratio(times: Times, tool: str) -> float:
    """How many times longer a tool takes, of the documents on which it does not raise: the median."""
    pairs = [pair for one in times for pair in zip(one[OWN].each, one[tool].each, strict=True)]
    return median(other / own for own, other in pairs if other is not None)


def tell(stream: Stream, times: Times) -> Iterator[tuple[str, str, str]]:
    """Lines on a stream: documents a second, ratios, and what is to be reached."""
    for stage in ("to cells", "all"):
        took = median(one[OWN].of_one(stage) for one in times)
        yield f"{stream.name}: {stage}", f"{1 / took:,.0f} /s", stream.target if stage == "to cells" else ""
        if OTHER in times[0]:
            against = median(one[OTHER].of_one(stage) / one[OWN].of_one(stage) for one in times)
            yield f"  {stage}, × the other checkout", f"{against:.2f} ×", ""
    for n, peer in enumerate(stream.peers):
        each = [took for one in times for took in one[peer].each]
        read = [took for took in each if took is not None]
        raises = f", raises on {1 - len(read) / len(each):.0%}" if len(read) < len(each) else ""
        yield f"  {peer}{raises}", f"{1 / median(read):,.0f} /s", ""
        yield f"  to cells, × {peer}", f"{ratio(times, peer):.2f} ×", "" if n else stream.ratio


def stage_rows(stream: Stream, times: Times) -> Iterator[tuple[str, ...]]:
    """Milliseconds a document by stage, a row a checkout, and bytes of the ledger."""
    for name, said in ((OWN, stream.name), (OTHER, "  the other checkout")):
        if name in times[0]:
            took = [median(one[name].of_one(stage) for one in times) for stage in STAGES]
            kept = median(one[name].of_one("ledger") for one in times)
            yield said, *(f"{1000 * seconds:.2f}" for seconds in took), f"{kept:,.0f}"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="Speed of reading, stage by stage, beside other tools.")
    said = "documents of a stream of text (default: 1,200); of others fewer"
    parser.add_argument("--reports", type=int, default=1200, help=said)
    parser.add_argument("--batch", type=int, default=40, help="documents timed together (default: 40)")
    parser.add_argument("--against", type=Path, metavar="CHECKOUT", help="time another checkout beside this")
    parser.add_argument("--only", nargs="+", metavar="NAME", help="streams whose names begin so")
    chosen = parser.parse_args()
    readers = {OWN: Reader(ROOT)} | ({OTHER: Reader(chosen.against.resolve())} if chosen.against else {})
    lines, rows = list[tuple[str, str, str]](), list[tuple[str, ...]]()
    with TemporaryDirectory() as room:
        for stream in make_streams():
            if stream.name.startswith(tuple(chosen.only or [""])):
                times = measure(stream, readers, chosen.reports, chosen.batch, Path(room))
                lines += tell(stream, times)
                rows += stage_rows(stream, times)
    for reader in readers.values():
        reader.close()
    print_aligned(("what", "figure", "target"), lines, "<><")
    print()
    print_aligned(("ms of CPU a document", *STAGES, "ledger, bytes"), rows, "<" + ">" * (len(STAGES) + 1))


if __name__ == "__main__":
    main()
