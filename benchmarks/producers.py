"""Score the reader of PDF on what other programs print: a browser, LibreOffice, and what saves a PDF anew.

In: a number of documents, a seed. Out: a table of right, missing, flagged and silently wrong cells by
producer, and pages a second. Exit status 1 if a cell is silently wrong. A producer that is not installed is
left out, and said. `--keep DIR` keeps what was printed.
"""

from __future__ import annotations

import argparse
import random
import re
import shutil
import subprocess
import sys
from collections import Counter
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import ZipFile

from relay.pages import count_pages
from relay.score import read_file
from relay.sheets import make_xlsx
from relay.words import make_words
from scoring import SEED_STEP, VERDICTS, judge_report, print_aligned, share
from synthetic import GENERATIONS, Sample, make_report

SECONDS = 180
# how sites style their tables; each is printed with one of them
STYLES = (
    "T{border-collapse:collapse;width:100%} T td{border:1px solid #000!important}",
    "T{border-collapse:collapse;width:100%;font:10pt 'Noto Serif CJK SC'} "
    "T td{border:1px solid #ccc!important;padding:6px 8px}"
    "T tr:nth-child(even){background:#f5f5f5} T tr:first-child{background:#2a6db5;color:#fff}",
    "T{border:0;border-collapse:collapse;width:100%} "
    "T td{border:0!important;border-bottom:1px solid #999!important;text-align:center}",
    "T{border-collapse:collapse;table-layout:fixed;width:480px;font-size:9pt} "
    "T td{border:.5pt solid windowtext!important;padding:0 2pt}",
    "T{border:0;border-spacing:1px;background:#999;width:100%} "
    "T td{background:#fff;border:0!important;padding:4px}",
    "T td{font:12pt 'Noto Sans CJK SC';text-align:center;vertical-align:middle} "
    "T tr{page-break-inside:avoid}",
)
# grounds are printed, and no column runs off the page
WHOLE = "*{print-color-adjust:exact} T td{white-space:normal!important}"
EDGES = ("top", "left", "bottom", "right", "insideH", "insideV")
BORDERS = "".join(f'<w:{edge} w:val="single" w:sz="4" w:space="0" w:color="000000"/>' for edge in EDGES)
# of a Word document: ruled tables, changes accepted, no label pushed over a value by a tab; of a workbook: it
# fits the page
CHANGES = (
    (b"<w:tblPr/>", f"<w:tblPr><w:tblBorders>{BORDERS}</w:tblBorders></w:tblPr>".encode()),
    (b"<w:del .*?</w:del>", b""),
    (b'<w:lvlText w:val="%1."/>', b'<w:suff w:val="nothing"/><w:lvlText w:val="%1."/>'),
    (b"<row ", b'<row ht="52" customHeight="1" '),
    (b"<sheetFormatPr ", b'<sheetFormatPr defaultColWidth="14" '),
    (b"<dimension ", b'<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr><dimension '),
    (b"</worksheet>", b'<pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/></worksheet>'),
)


def make_page(seed: int, generation: str, noise: bool) -> Sample:
    """Make a report as a page of a site."""
    return make_report(seed, generation, "html", noise)


BROWSER = "chromium --headless --no-sandbox --disable-gpu --disable-background-networking"
BROWSER += " --user-data-dir={0}/profile --print-to-pdf={0}/made.pdf file://{0}/made.html"
OFFICE = "soffice -env:UserInstallation=file://{0}/office --headless --convert-to pdf --outdir {0} {0}/made"
PRODUCERS = {
    "chromium": (make_page, BROWSER),
    "weasyprint": (make_page, "weasyprint {0}/made.html {0}/made.pdf"),
    "word": (make_words, f"{OFFICE}.docx"),
    "sheet": (make_xlsx, f"{OFFICE}.xlsx"),
    "ghostscript": (make_words, f"{OFFICE}.docx", "gs -q -sDEVICE=pdfwrite -o {0}/anew.pdf {0}/made.pdf"),
    "qpdf": (
        make_words, f"{OFFICE}.docx", "qpdf --linearize --object-streams=generate {0}/made.pdf {0}/anew.pdf",
    ),
    "pdftocairo": (make_words, f"{OFFICE}.docx", "pdftocairo -pdf {0}/made.pdf {0}/anew.pdf"),
}


def write_source(sample: Sample, rng: random.Random, folder: Path) -> None:
    """Write what is to be printed: a page of a site in a style, a document or a workbook ready for print."""
    made = folder / f"made{Path(sample.name).suffix}"
    if made.suffix == ".html":
        text = re.sub(
            "<style>.*?</style>", "", sample.data.decode(sample.encoding).removeprefix("\ufeff"), flags=re.S
        )
        style = (rng.choice(STYLES) + WHOLE).replace("T", ".MsoNormalTable")
        text = re.sub(r"<meta[^>]*charset=[^>]*>", "", text).replace(
            "</head>", f'<meta charset="utf-8"><style>{style}</style></head>', 1
        )
        made.write_text(text, encoding="utf-8")
        return
    with ZipFile(BytesIO(sample.data)) as old, ZipFile(made, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            for before, after in CHANGES:
                part = re.sub(before, after, part, flags=re.S)
            new.writestr(name, part)


def print_report(name: str, sample: Sample, seed: int, keep: Path | None) -> bytes:
    """Print a report; what was kept is not printed again."""
    kept = keep / f"{name}-{seed}.pdf" if keep else None
    if kept and kept.exists():
        return kept.read_bytes()
    with TemporaryDirectory() as folder:
        write_source(sample, random.Random(seed), Path(folder))
        for command in PRODUCERS[name][1:]:
            subprocess.run(command.format(folder).split(), check=True, capture_output=True, timeout=SECONDS)
        data = min(Path(folder).glob("*.pdf")).read_bytes()  # the one that is saved anew, if any
    if kept:
        kept.write_bytes(data)
    return data


def score(name: str, documents: int, seed: int, keep: Path | None, show: int) -> tuple[list[str], int]:
    """Print and read some reports; a line of the result, and how many cells are silently wrong."""
    printed, every, pages, seconds, errors = Counter(), Counter(), 0, 0.0, 0
    for n in range(documents):
        job = seed * SEED_STEP + n, GENERATIONS[n // 2 % 2], bool(n % 2)
        sample = PRODUCERS[name][0](*job)
        data = print_report(name, sample, job[0], keep)
        read, twice, error, taken = read_file(data, "made.pdf")
        judged = list(judge_report(sample, read))
        printed += Counter(
            verdict
            for code, verdict in judged
            if code in sample.truth and sample.truth[code].kind == "number"
        )
        every += Counter(verdict for _, verdict in judged) + Counter(wrong=twice)
        pages, seconds, errors = pages + count_pages(data), seconds + taken[0], errors + (error is not None)
        trouble = [
            f"{v:8} {name} {job} {'/'.join(c)}: {sample.truth.get(c)} read {read.get(c)}"
            for c, v in judged
            if v != "right"
        ]
        errored = [f"error    {job}: {error}"] if error else []
        print(*sorted(trouble, reverse=True)[:show], *errored, sep="\n", end="\n" * bool(trouble or errored))
    shares = [share(printed[verdict], printed.total()) for verdict in VERDICTS[:-2]]
    line = [
        name, documents, pages, errors, *shares, share(every["right"], every.total()), every["wrong"],
        f"{pages / seconds:.1f}",
    ]
    return list(map(str, line)), every["wrong"]


HEADER = [
    "producer", "files", "pages", "errors", "right %", "missing %", "flagged %", "all right %",
    "silently wrong", "pages/s",
]


def main() -> int:
    """Run the benchmark and return its exit status."""
    parser = argparse.ArgumentParser(description="Score the reader of PDF on what other programs print.")
    parser.add_argument("--producer", choices=list(PRODUCERS), help="one of them only")
    parser.add_argument("--reports", type=int, default=40, help="of each producer, half of them with noise")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--keep", type=Path, metavar="DIR", help="where printed files are kept, and taken from"
    )
    parser.add_argument(
        "--show", type=int, default=0, metavar="N", help="print N cells of a report that are not right"
    )
    arguments = parser.parse_args()
    lines, wrong = [], 0
    for name in [arguments.producer] if arguments.producer else PRODUCERS:
        if lacking := [
            one for one in (command.split()[0] for command in PRODUCERS[name][1:]) if not shutil.which(one)
        ]:
            print(f"{name}: left out, {lacking[0]} is not installed")
            continue
        line, more = score(name, arguments.reports, arguments.seed, arguments.keep, arguments.show)
        lines, wrong = [*lines, line], wrong + more
    print_aligned(HEADER, lines, "<>")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
