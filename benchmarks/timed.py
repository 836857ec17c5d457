"""What documents cost, by stage, in the process and the checkout that `speed.py` starts.

In: a line on standard input: a tool, and a file with pickled documents. Out: a line of JSON for each: what
the stages take together, and what each document takes, in seconds of CPU. Next: `speed.py`.

The stages are functions of `govtables.pipeline.steps`, timed where it calls them; for this
package a document takes what leads to its cells. The clock is the thread's: that of the process goes by
ticks while `time_limit` counts.
"""

from __future__ import annotations

import gc
import io
import json
import pickle
import sys
import time
import warnings
from collections.abc import Callable, Sequence
from itertools import pairwise
from pathlib import Path

Documents = Sequence[tuple[bytes, str, str]]  # bytes, name, codec
Taken = list[float | None]  # by each document; `None` where the tool raises
STAGES = {
    "open_document": "read", "split_reports": "sections", "split_sections": "sections",
    "match_form": "match", "read_facts": "facts", "resolve_issuer": "issuer", "prove": "audit",
    "find_statements": "prose",
}
OWN, TO_CELLS = "govtables", ("read", "sections", "match")
spent: dict[str, float] = {}


def timed(stage: str, work: Callable) -> Callable:
    """The function, its CPU time added to a stage."""

    def do(*given: object, **named: object) -> object:
        start = time.thread_time()
        try:
            return work(*given, **named)
        finally:
            spent[stage] = spent.get(stage, 0.0) + time.thread_time() - start

    return do


def read_all(documents: Documents) -> Taken:
    """What a build does with a batch."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    from govtables.dataset import to_tables
    from govtables.pipeline import read_bytes
    from govtables.proof import fingerprint

    results, until = [], [0.0]
    for data, name, _ in documents:
        results.append(timed("all", read_bytes)(data, name))
        until.append(sum(spent.get(stage, 0.0) for stage in TO_CELLS))
    spent["rest"] = 2 * spent["all"] - sum(spent.values())
    tables = timed("to Arrow", to_tables)(results)
    parts = [(one.report(), one.cells, one.issuer, one.proposals) for one in results]
    timed("fingerprint", lambda: [fingerprint(*part) for part in parts])()
    for name, table in tables.items():
        timed("Parquet", pq.write_table)(table, out := pa.BufferOutputStream(), compression="zstd")
        spent["ledger"] = out.tell() if name == "ledger" else spent.get("ledger", 0)
    spent["to cells"] = until[-1]
    spent["all"] += sum(spent[stage] for stage in ("to Arrow", "fingerprint", "Parquet"))
    return [after - before for before, after in pairwise(until)]


def read_frames(data: bytes, codec: str) -> None:
    """Read the tables of a page with pandas."""
    import pandas as pd

    pd.read_html(io.StringIO(data.decode(codec)), flavor="lxml")


def parse_page(data: bytes, codec: str) -> None:
    """Only decode and parse a page."""
    from selectolax.lexbor import LexborHTMLParser

    LexborHTMLParser(data.decode(codec))


def read_words(data: bytes, codec: str) -> None:
    """Read the tables of a Word file with python-docx."""
    from relay.words import read_with_python_docx

    read_with_python_docx(data)


def read_book(data: bytes, codec: str) -> None:
    """Read the sheets of a workbook with calamine."""
    from python_calamine import CalamineWorkbook

    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    [book.get_sheet_by_name(name).to_python() for name in book.sheet_names]


def read_pdf(data: bytes, codec: str) -> None:
    """Read the tables of a PDF file with pdfplumber."""
    import pdfplumber

    with pdfplumber.open(io.BytesIO(data)) as opened:
        [page.extract_tables() for page in opened.pages]


PEERS: dict[str, Callable[[bytes, str], None]] = {
    "pandas.read_html": read_frames, "lexbor, only parsed": parse_page, "python-docx": read_words,
    "calamine": read_book, "pdfplumber": read_pdf,
}


def read_with(peer: Callable[[bytes, str], None], documents: Documents) -> Taken:
    """Read documents with another tool."""
    taken: Taken = []
    for data, _, codec in documents:
        start = time.thread_time()
        try:
            peer(data, codec)
            taken.append(time.thread_time() - start)
        except Exception:
            taken.append(None)
    return taken


def serve() -> None:
    """Do what standard input asks for, and print what it takes."""
    from govtables.pipeline import read_bytes

    steps = read_bytes.__globals__  # of the module that knows their order
    warnings.simplefilter("ignore")  # pandas warns on every page
    for name, stage in STAGES.items():
        steps[name] = timed(stage, steps[name])
    for line in sys.stdin:
        tool, path = line.rstrip("\n").split("\t")
        documents = pickle.loads(Path(path).read_bytes())
        spent.clear()
        gc.collect()
        gc.disable()  # as a build does
        taken = read_all(documents) if tool == OWN else read_with(PEERS[tool], documents)
        gc.enable()
        print(json.dumps([taken, spent]), flush=True)


if __name__ == "__main__":
    serve()
