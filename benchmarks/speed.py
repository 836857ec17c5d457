"""Speed, memory and size of the package, each figure beside its target.

In: `data/raw` and synthetic reports of fixed seeds. Out: one table, measured in one run on one core (builds with two
processes on two). It only prints: machines differ and other work disturbs, so a figure is judged by the reader.
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
from pathlib import Path
from statistics import median

from synthetic import GENERATIONS, LAYOUTS, Sample, make_report

ROOT, BIN = Path(__file__).resolve().parent.parent, Path(sys.executable).parent
CORES = sorted(os.sched_getaffinity(0))
SEEDS, PAGES, STARTS = 25, 24, 7
PAGE_BYTES = range(60_000, 70_000)
NO_CODE = ("COMMENT", "NL", "NEWLINE", "INDENT", "DEDENT", "ENCODING", "ENDMARKER")
BUILD = """
import resource, sys, time, govtables
start = time.perf_counter()
govtables.build(sys.argv[1], sys.argv[2], int(sys.argv[3]), progress=False)
who = resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN
print(time.perf_counter() - start, *(resource.getrusage(w).ru_maxrss / 1024 for w in who))
"""
IMPORT = "import time; start = time.perf_counter(); import {}; print(time.perf_counter() - start)"
Line = tuple[str, str, str, str]  # what, figure, beside it, target


def make(layout: str, seed: int) -> Sample:
    """Make a clean report, the generations in turn."""
    return make_report(seed, GENERATIONS[seed % 2], layout, noise=False)


def measure(works: dict[str, Callable[[], object]], seconds: float) -> dict[str, float]:
    """Do the works in turn until the time is up; return the median time of each."""
    times: dict[str, list[float]] = {name: [] for name in works}
    end = time.perf_counter() + seconds
    while time.perf_counter() < end or min(map(len, times.values())) < 3:
        for name, work in works.items():
            start = time.perf_counter()
            work()
            times[name].append(time.perf_counter() - start)
    return {name: median(spent) for name, spent in times.items()}


def forget() -> None:
    """Empty the caches of texts met before; declarations of the form, which never change, stay."""
    for module in [module for name, module in sys.modules.items() if name.startswith("govtables.")]:
        for thing in vars(module).values():
            if getattr(thing, "cache_parameters", dict)().get("maxsize"):
                thing.cache_clear()


def read_all(documents: Sequence[tuple[bytes, str]], afresh: bool = False) -> int:
    """Read documents from bytes to cells; count those that give nothing."""
    from govtables.run import read_bytes

    if afresh:
        forget()
    return sum(read_bytes(data, name).error is not None for data, name in documents)


def time_text(name: str, paths: Sequence[Path], seconds: float) -> Line:
    """Time text reports, met again and met first, and the bare reading and decoding of their files."""
    documents = [(path.read_bytes(), path.name) for path in paths]
    works = {"again": lambda: read_all(documents), "first": lambda: read_all(documents, afresh=True)}
    took = measure(works | {"bare": lambda: [path.read_bytes().decode() for path in paths]}, seconds)
    again, first, bare = (len(paths) / took[work] for work in ("again", "first", "bare"))
    return f"text: {name}", f"{again:.0f} /s", f"met first {first:.0f} /s; only read and decoded {bare:,.0f} /s", "≥ 500 /s"


def time_pages(seconds: float) -> Iterator[Line]:
    """Time web pages, pandas.read_html and the bare parse, in turn on the same pages."""
    from selectolax.lexbor import LexborHTMLParser

    fitting = (page for seed in range(100 * PAGES) if len((page := make("html", seed)).data) in PAGE_BYTES)
    pages = [page for page, _ in zip(fitting, range(PAGES), strict=False)]
    documents, texts = [(page.data, page.name) for page in pages], [page.data.decode(page.encoding) for page in pages]
    works = {"again": lambda: read_all(documents), "first": lambda: read_all(documents, afresh=True)}
    works |= {"pandas": lambda: read_frames(texts), "bare": lambda: [LexborHTMLParser(text) for text in texts]}
    took = measure(works, 4 * seconds)
    again, first, pandas, bare = (len(pages) / took[work] for work in works)
    beside = f"met first {first:.0f} /s; only parsed {bare:.0f} /s; gives nothing on {read_all(documents)} of {len(pages)}"
    yield f"pages of {sum(map(len, texts)) / len(texts) / 1000:.0f},000 characters", f"{again:.0f} /s", beside, ""
    yield "pages: pandas.read_html, lxml", f"{pandas:.0f} /s", f"raises on {read_frames(texts)} of {len(pages)}", ""
    yield "pages: govtables : read_html", f"{again / pandas:.1f} ×", f"met first {first / pandas:.1f} ×", "≥ 3 ×"


def read_frames(texts: Sequence[str]) -> int:
    """Read pages with pandas; count those on which it raises."""
    import pandas as pd

    raised = 0
    warnings.simplefilter("ignore")
    for text in texts:
        try:
            pd.read_html(io.StringIO(text), flavor="lxml")
        except Exception:  # whatever it raises, its time counts
            raised += 1
    return raised


def write_copies(folder: Path, samples: Sequence[Sample], count: int) -> list[Path]:
    """Write samples in turn under `count` names; a repeated one is a link."""
    folder.mkdir()
    paths = [folder / f"{n:06}-{samples[n % len(samples)].name}" for n in range(count)]
    for n, path in enumerate(paths):
        path.write_bytes(samples[n].data) if n < len(samples) else os.link(paths[n % len(samples)], path)
    return paths


def run_fresh(command: Sequence[str | Path], cores: int = 1) -> list[float]:
    """Run a command in a fresh process on so many cores; return the numbers it prints, or else the time it took."""
    os.sched_setaffinity(0, CORES[:cores])
    start = time.perf_counter()
    printed = subprocess.run(list(map(str, command)), check=True, capture_output=True, text=True).stdout
    took = time.perf_counter() - start
    os.sched_setaffinity(0, CORES[:1])
    return [float(word) for word in printed.split()] if "-c" in command else [took]


def weigh_builds(folder: Path, samples: Sequence[Sample], sizes: Sequence[int]) -> Iterator[Line]:
    """Build datasets with one process and with two; the peak is that of the largest process, in MB."""
    peaks: dict[int, list[float]] = {1: [], 2: []}
    for size in sizes:
        write_copies(raw := folder / f"raw-{size}", samples[:size], size)
        for n in peaks:
            seconds, *memory = run_fresh([sys.executable, "-c", BUILD, raw, folder / f"out-{size}-{n}", str(n)], cores=n)
            peaks[n].append(max(memory))
            yield f"build: {size:,} reports, {n} process{'es' * (n > 1)}", f"{size / seconds:.0f} /s", f"peak {max(memory):.0f} MB", ""
    one, two = (peaks[n][-1] / peaks[n][0] for n in (1, 2))
    yield f"memory: {sizes[-1]:,} : {sizes[0]:,} reports", f"{one:.2f} ×", f"2 processes {two:.2f} ×", "≤ 1.2 ×"


def time_starts() -> Iterator[Line]:
    """Time the imports and the command's help in fresh processes, in turn."""
    commands = [[sys.executable, "-c", IMPORT.format(name)] for name in ("govtables", "pandas")] + [[BIN / "govtables", "--help"]]
    own, pandas, shown = (median(times) for times in zip(*([run_fresh(c)[0] for c in commands] for _ in range(STARTS)), strict=True))
    yield "import govtables", f"{own:.3f} s", f"import pandas {pandas:.3f} s; difference {own - pandas:.3f} s", "< 0.15 s more"
    yield "govtables --help", f"{shown:.3f} s", "", "< 0.5 s"


def count_code(path: Path) -> int:
    """Count the lines that hold code: no blank line, comment or docstring."""
    nodes = (node for node in ast.walk(ast.parse(path.read_text())) if hasattr(node, "body") and isinstance(node.body, list))
    docs = [n.body[0] for n in nodes if n.body and isinstance(n.body[0], ast.Expr) and isinstance(n.body[0].value, ast.Constant)]
    with tokenize.open(path) as lines:
        tokens = [t for t in tokenize.generate_tokens(lines.readline) if tokenize.tok_name[t.type] not in NO_CODE]
    code = {line for token in tokens for line in range(token.start[0], token.end[0] + 1)}
    return len(code - {line for doc in docs for line in range(doc.lineno, doc.end_lineno + 1)})


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="Measure speed, memory and size; targets stand beside the figures.")
    parser.add_argument("--seconds", type=float, default=3, help="time for a line of the table (pages: four times as much)")
    parser.add_argument("--memory", type=int, nargs="+", default=[1000, 20_000], metavar="REPORTS", help="sizes of datasets to build")
    chosen = parser.parse_args()
    os.sched_setaffinity(0, CORES[:1])
    layouts = [layout for layout in LAYOUTS if layout != "html"]
    texts = {layout: [make(layout, seed) for seed in range(SEEDS)] for layout in layouts}
    mixed = [sample for row in zip(*texts.values(), strict=True) for sample in row]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        # first of all, while this process is small: a child's peak starts at the size of its parent
        builds = [*weigh_builds(folder, mixed, chosen.memory), *time_starts()]
        sets = {"data/raw": sorted((ROOT / "data/raw").glob("*.txt"))}
        for title, found in (texts | {"all layouts": mixed}).items():
            sets[f"synthetic {title}"] = write_copies(folder / title, found, len(found))
        lines = [time_text(title, paths, chosen.seconds) for title, paths in sets.items()]
    files = sorted((ROOT / "govtables").glob("*.py"))
    total, code = sum(len(file.read_text().splitlines()) for file in files), sum(map(count_code, files))
    size = ("package", f"{total:,} lines", f"{code:,} of code, without blanks, comments and docstrings", "< 1,500")
    lines = [("what", "figure", "beside it", "target"), *lines, *time_pages(chosen.seconds), *builds, size]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    for what, figure, beside, target in lines:
        print(what.ljust(widths[0]), figure.rjust(widths[1]), target.ljust(widths[3]), beside, sep="  ")


if __name__ == "__main__":
    main()
