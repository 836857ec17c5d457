"""Speed, memory and size of the package, each figure beside its target.

In: `data/raw` and synthetic reports of fixed seeds. Out: one table, measured in one run on one core (builds
with two processes on two). It only prints: machines differ and other work disturbs, so the reader judges.
"""

import argparse
import ast
import io
import os
import subprocess
import sys
import tempfile
import time
import tokenize
import warnings
from collections.abc import Callable, Iterator, Sequence
from itertools import count, islice
from pathlib import Path
from statistics import median

from scoring import print_aligned
from synthetic import GENERATIONS, LAYOUTS, Sample, make_report

ROOT, CORES = Path(__file__).resolve().parent.parent, sorted(os.sched_getaffinity(0))
SEEDS, PAGES, STARTS = 25, 24, 7
PAGE_BYTES = range(60_000, 70_000)
NO_CODE = {"COMMENT", "NL", "NEWLINE", "INDENT", "DEDENT", "ENDMARKER"}
BUILD = """import resource, sys, time, govtables
start = time.perf_counter()
govtables.build(sys.argv[1], sys.argv[2], int(sys.argv[3]), progress=False)
own, workers = (resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
print(time.perf_counter() - start, max(own, workers) / 1024)"""
IMPORT = "import time; start = time.perf_counter(); import {}; print(time.perf_counter() - start)"
Line = tuple[str, str, str, str]  # what, figure, target, beside it


def make(layout: str, seed: int) -> Sample:
    """Make a clean report, the generations in turn."""
    return make_report(seed, GENERATIONS[seed % 2], layout, noise=False)


def measure(works: dict[str, Callable[[], object]], number: int, seconds: float) -> list[float]:
    """Do the works in turn until the time is up; return how many a second each does, by its median time."""
    times: dict[str, list[float]] = {name: [] for name in works}
    end = time.perf_counter() + seconds
    while time.perf_counter() < end or min(map(len, times.values())) < 3:
        for name, work in works.items():
            start = time.perf_counter()
            work()
            times[name].append(time.perf_counter() - start)
    return [number / median(spent) for spent in times.values()]


def read_all(documents: Sequence[tuple[bytes, str]], afresh: bool = False) -> int:
    """Read documents to cells; count those that give nothing. `afresh` forgets all texts met before."""
    from govtables.pipeline import read_bytes

    modules = (
        [vars(module) for name, module in sys.modules.items() if name.startswith("govtables.")]
        if afresh
        else []
    )
    for thing in [
        thing for names in modules for thing in names.values() if hasattr(thing, "cache_parameters")
    ]:
        if thing.cache_parameters()["maxsize"]:  # the others keep the form's declarations
            thing.cache_clear()
    return sum(read_bytes(data, name).error is not None for data, name in documents)


def time_text(name: str, paths: Sequence[Path], seconds: float) -> Line:
    """Time text reports, met again and met first, and the bare reading and decoding of their files."""
    documents = [(path.read_bytes(), path.name) for path in paths]
    works = {"again": lambda: read_all(documents), "first": lambda: read_all(documents, afresh=True)}
    works["bare"] = lambda: [path.read_bytes().decode() for path in paths]
    again, first, bare = measure(works, len(paths), seconds)
    return (
        f"text: {name}", f"{again:.0f} /s", "≥ 500 /s",
        f"met first {first:.0f} /s; only read and decoded {bare:,.0f} /s",
    )


def read_frames(texts: Sequence[str]) -> int:
    """Read pages with pandas; count those on which it raises."""
    import pandas as pd

    raised = 0
    for text in texts:
        try:
            pd.read_html(io.StringIO(text), flavor="lxml")
        except Exception:  # whatever it raises, its time counts
            raised += 1
    return raised


def time_pages(seconds: float) -> Iterator[Line]:
    """Time web pages, pandas.read_html and the bare parse, in turn on the same pages."""
    from selectolax.lexbor import LexborHTMLParser

    warnings.simplefilter("ignore")  # pandas warns on every page
    pages = list(
        islice((page for seed in count() if len((page := make("html", seed)).data) in PAGE_BYTES), PAGES)
    )
    documents, texts = (
        [(page.data, page.name) for page in pages],
        [page.data.decode(page.encoding) for page in pages],
    )
    works = {"again": lambda: read_all(documents), "first": lambda: read_all(documents, afresh=True)}
    works |= {
        "pandas": lambda: read_frames(texts),
        "bare": lambda: [LexborHTMLParser(text) for text in texts],
    }
    again, first, pandas, bare = measure(works, len(pages), 4 * seconds)
    beside = f"met first {first:.0f} /s; only parsed {bare:,.0f} /s; "
    beside += f"gives nothing on {read_all(documents)} of {len(pages)}"
    yield (
        f"pages of {sum(len(page.data) for page in pages) / len(pages) / 1000:.0f} KB", f"{again:.0f} /s",
        "", beside,
    )
    raises = f"raises on {read_frames(texts)} of {len(pages)}"
    yield "pages: pandas.read_html, lxml", f"{pandas:.0f} /s", "", raises
    beside = f"met first {first / pandas:.1f} ×"
    yield "pages: govtables : read_html", f"{again / pandas:.1f} ×", "≥ 3 ×", beside


def write_copies(folder: Path, samples: Sequence[Sample], number: int) -> list[Path]:
    """Write samples in turn under `number` names; a repeated one is a link."""
    folder.mkdir()
    paths = [folder / f"{n:06}-{samples[n % len(samples)].name}" for n in range(number)]
    for n, path in enumerate(paths):
        path.write_bytes(samples[n].data) if n < len(samples) else os.link(paths[n % len(samples)], path)
    return paths


def run_fresh(*command: str | Path, cores: int = 1) -> list[float]:
    """Run a command in a fresh process on so many cores; return its time and the numbers that it prints."""
    os.sched_setaffinity(0, CORES[:cores])
    start = time.perf_counter()
    printed = subprocess.run(list(map(str, command)), check=True, capture_output=True, text=True).stdout
    took = time.perf_counter() - start
    os.sched_setaffinity(0, CORES[:1])
    return [took, *map(float, printed.split())] if "-c" in command else [took]


def weigh_builds(folder: Path, samples: Sequence[Sample], sizes: Sequence[int]) -> Iterator[Line]:
    """Build datasets with one process and with two; the peak is that of the largest process."""
    peaks: dict[int, list[float]] = {1: [], 2: []}
    for size in sizes:
        write_copies(raw := folder / f"raw-{size}", samples, size)
        for n, found in peaks.items():
            _, took, peak = run_fresh(
                sys.executable, "-c", BUILD, raw, folder / f"out-{size}-{n}", str(n), cores=n
            )
            found.append(peak)
            yield (
                f"build: {size:,} reports, processes: {n}", f"{size / took:.0f} /s", "",
                f"peak memory {peak:.0f} MB",
            )
    one, two = (found[-1] / found[0] for found in peaks.values())
    yield (
        f"memory: {sizes[-1]:,} : {sizes[0]:,} reports", f"{one:.2f} ×", "≤ 1.2 ×",
        f"with two processes {two:.2f} ×",
    )


def time_starts() -> Iterator[Line]:
    """Time the imports and the command's help in fresh processes, in turn."""
    commands = [(sys.executable, "-c", IMPORT.format(name)) for name in ("govtables", "pandas")]
    commands.append((Path(sys.executable).parent / "govtables", "--help"))
    own, pandas, shown = map(
        median, zip(*([run_fresh(*c)[-1] for c in commands] for _ in range(STARTS)), strict=True)
    )
    yield (
        "import govtables", f"{own - pandas:.3f} s", "< 0.15 s",
        f"{own:.3f} s less the {pandas:.3f} s of import pandas",
    )
    yield "govtables --help", f"{shown:.3f} s", "< 0.5 s", ""


def count_lines(files: Sequence[Path]) -> Line:
    """Count the package's lines, and those that hold code: no blank line, comment or docstring."""
    total = code = 0
    for source in (file.read_text() for file in files):
        bodies = [
            node.body for node in ast.walk(ast.parse(source)) if isinstance(getattr(node, "body", None), list)
        ]
        first = [body[0] for body in bodies if body and isinstance(body[0], ast.Expr)]
        docs = [statement for statement in first if isinstance(statement.value, ast.Constant)]
        tokens = tokenize.generate_tokens(io.StringIO(source).readline)
        held = {
            n
            for t in tokens
            if tokenize.tok_name[t.type] not in NO_CODE
            for n in range(t.start[0], t.end[0] + 1)
        }
        code += len(held - {n for doc in docs for n in range(doc.lineno, doc.end_lineno + 1)})
        total += len(source.splitlines())
    return "package", f"{total:,} lines", "< 1,500", f"{code:,} of them code: not blank, comment or docstring"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description="Measure speed, memory and size; targets stand beside the figures."
    )
    parser.add_argument(
        "--seconds", type=float, default=3, help="time for a line of text; pages take four times that"
    )
    parser.add_argument(
        "--memory", type=int, nargs="+", default=[1000, 20_000], metavar="N", help="reports in a build"
    )
    chosen = parser.parse_args()
    os.sched_setaffinity(0, CORES[:1])
    texts = {layout: [make(layout, seed) for seed in range(SEEDS)] for layout in LAYOUTS if layout != "html"}
    texts["all layouts"] = mixed = [sample for row in zip(*texts.values(), strict=True) for sample in row]
    with tempfile.TemporaryDirectory() as name:
        # first of all, while this process is small: a child's peak starts at the size of its parent
        builds = [*weigh_builds(Path(name), mixed, chosen.memory), *time_starts()]
        sets = {"data/raw": sorted((ROOT / "data/raw").glob("*.txt"))}
        sets |= {
            f"synthetic {of}": write_copies(Path(name, of), found, len(found)) for of, found in texts.items()
        }
        lines = [time_text(of, paths, chosen.seconds) for of, paths in sets.items()]
    size = count_lines(sorted((ROOT / "govtables").glob("*.py")))
    lines = [*lines, *time_pages(chosen.seconds), *builds, size]
    print_aligned(("what", "figure", "target", "beside it"), lines, "<><<")


if __name__ == "__main__":
    main()
