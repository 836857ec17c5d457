"""The dataset for download, a ZIP file a format.

In: a dataset. Out: ZIP files, the same bytes each time; for each edition a page that lists them. Next:
`site`, `edition`.
"""

import zipfile
from collections.abc import Iterable
from pathlib import Path
from shutil import copyfileobj
from tempfile import TemporaryDirectory

import govtables as gt
from govtables.dataset import COLLECTION, PARTS, list_parts
from govtables.exports import CannotHold, formats
from govtables.language import Said, speak
from publish.collection import write_about
from publish.job import DOCS, Job
from publish.words import fill, say

PARQUET = "parquet"  # the dataset itself; the other formats are made of it
RELEASE = "release"  # the citable archive
LISTED = (RELEASE, PARQUET, *formats())
MOST_CELLS = {"dta": 1_000_000}  # of a format that takes too long to make of more
CITED = ("authors", "licence", "date", "citation")  # of one's own collection
EPOCH = (1980, 1, 1, 0, 0, 0)  # the same files give the same bytes


def write_downloads(data: gt.Dataset, out: Path, raw: Path | None = None) -> dict[str, Said]:
    """Write the dataset as a release and in each format, a ZIP file each; `raw` has its reports. Return why
    formats are left out that cannot hold it.
    """
    out.mkdir(parents=True, exist_ok=True)
    gt.release(data, out / f"govtables-{RELEASE}.zip", raw)
    tables = sorted(path for some in list_parts(data.folder).files.values() for path in some)
    about = filter(Path.is_file, [data.folder / COLLECTION])
    _pack(out / f"govtables-{PARQUET}.zip", [data.folder / PARTS, *about, *tables], data.folder)
    left_out, cells = {}, data.count("cells")
    for to, one in formats().items():
        if cells > MOST_CELLS.get(to, cells):
            continue
        with TemporaryDirectory(dir=out) as room:
            try:
                folder = gt.export(data, to, Path(room) / to)
                _pack(out / f"govtables-{to}.zip", [folder / name for name in one.files], folder)
            except CannotHold as problem:
                left_out[to] = problem.why
    return left_out


def _pack(path: Path, files: Iterable[Path], folder: Path) -> None:
    """Pack files into one folder."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for file in files:
            entry = zipfile.ZipInfo((path.stem / file.relative_to(folder)).as_posix(), EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.file_size = file.stat().st_size
            with file.open("rb") as source, packed.open(entry, "w") as target:
                copyfileobj(source, target, 2**20)


def write_list(job: Job) -> None:
    """Write the page that lists what can be downloaded."""
    cells = f"{job.data.count('cells'):,}"
    rows, about = [_list_file(job, to, cells) for to in LISTED], write_about(job, *CITED)
    page = fill(
        DOCS / "_templates/downloads.md", files="\n".join(rows),
        reports=say("reports", n=len(job.data.reports)), cells=cells,
        licence=f"{say('downloads_own')}\n\n{about}" if about else say("downloads_licence"),
    )
    (job.source / "downloads.md").write_text(page, encoding="utf-8")


def _list_file(job: Job, to: str, cells: str) -> str:
    """Write a row of the table of downloads; of a format that cannot hold the dataset, why it is left out."""
    path = job.packed / f"govtables-{to}.zip"
    if not path.exists():
        why = speak(job.left_out[to]) if to in job.left_out else say("too_slow", cells=cells, to=to)
        return f"| {path.name} | {say(f'format_{to}')}{say('left_out', why=why)} | – |"
    size = f"{path.stat().st_size / 1000:,.0f} kB"
    there = f'<a href="{job.top}downloads/{path.name}" download>{path.name}</a>'
    return f"| {there} | {say(f'format_{to}')} | {size} |"
