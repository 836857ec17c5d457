"""Run notebooks: in place (`execute.py notebooks/*.ipynb`), or copies of them (`--out FOLDER`, on other data
with `--data DATASET`, in several languages with `--lang en zh`: then a folder a language).

In: notebooks as edited. Out: notebooks with fresh outputs, counts from 1 and no metadata but the kernel and
what an author sets by hand; with `--data` without the prose that speaks of the sample; with `--out` also
status.json, a line a notebook: how long it took, what came of it. Next: `site`.
"""

import argparse
import hashlib
import json
import os
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path

from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, DeadKernelError
from nbformat import NotebookNode
from traitlets.config import Config

import govtables as gt
from publish.adapt import PARAMETERS, drop_prose_of_the_sample, inject, name_download, translate
from publish.quick import nbformat
from publish.words import say

METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}
# A kernel warns when other users of the machine could listen to it.
CONFIG = Config(KernelManager={"transport_encryption": "auto"})
KEPT = ("tags", "jupyter", "mystnb")
STATUS = "status.json"
TOP = Path(__file__).parents[1]
BEHIND_OUTPUTS = (
    "govtables/**/*.py", "govtables/**/*.csv*", "data/raw/*", "data/invented/**/*.*", "tests/documents/*",
    "requirements.lock", "publish/execute.py", "publish/adapt.py", "publish/*_words.csv",
)


@dataclass(frozen=True, slots=True)
class Run:
    """What came of one notebook: `result` is ``runs``, ``differs`` (from the outputs it is published with) or
    ``stops``.
    """

    notebook: str
    title: str
    cells: int
    seconds: float
    result: str
    message: str
    inputs: str  # hash of all that the outputs depend on


def run(notebook: NotebookNode, folder: Path, lang: str = "en") -> str:
    """Run a notebook in a folder, its outputs in a language; return the error that stopped it, or ''."""
    resources = {"metadata": {"path": str(folder)}}
    client = NotebookClient(
        notebook, kernel_name="python3", record_timing=False, coalesce_streams=True, resources=resources,
        config=CONFIG,
    )
    try:
        client.execute(env=os.environ | {"GOVTABLES_LANG": lang})
        error = ""
    except (CellExecutionError, DeadKernelError) as problem:
        what = f"{getattr(problem, 'ename', '')}: {getattr(problem, 'evalue', problem)}"
        error = f"stopped at {find_stop(notebook)}: {what}"
    clean(notebook)
    return error


def find_stop(notebook: NotebookNode) -> str:
    """Name the cell at which a notebook stopped, as Jupyter numbers it."""
    counts = [cell.execution_count for cell in notebook.cells if cell.get("execution_count")]
    return f"cell [{max(counts)}]" if counts else "its start"


def clean(notebook: NotebookNode) -> None:
    """Leave no metadata but the kernel and what an author sets by hand."""
    notebook.metadata = nbformat.from_dict(METADATA)
    for cell in notebook.cells:
        cell.metadata = nbformat.from_dict({key: cell.metadata[key] for key in KEPT if key in cell.metadata})


def find_title(notebook: NotebookNode) -> str:
    """Return the first heading of a notebook."""
    prose = "\n".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")
    return next((line.lstrip("# ") for line in prose.splitlines() if line.startswith("#")), "")


def takes_parameters(path: Path) -> bool:
    """Tell whether a notebook runs on other data."""
    return any(
        PARAMETERS in cell.metadata.get("tags", ()) for cell in nbformat.read(path, as_version=4).cells
    )


def run_in_place(path: Path) -> str:
    """Run one notebook in its own folder and write it back, unless it fails; return the error."""
    notebook = nbformat.read(path, as_version=4)
    if not (error := run(notebook, path.parent)):
        nbformat.write(notebook, path)
    return error


def run_copy(
    path: Path, out: Path, data: Path | None, wanted: Mapping[str, object] | None = None, lang: str = "en"
) -> Run:
    """Run a copy of a notebook, with other data and what else is `wanted` of its parameters, unless one made
    of the same inputs is there; a notebook that fails is written as far as it came. What a notebook is
    published with is English.
    """
    notebook = nbformat.read(path, as_version=4)
    stored = list(list_outputs(notebook))
    inputs = hash_inputs(path, data, wanted, lang)
    known = read_status(out).get(path.name)
    if known and known.inputs == inputs and known.result != "stops" and (out / path.name).exists():
        return known
    if lang == "zh":
        translate(notebook)
    if data:
        drop_prose_of_the_sample(notebook)
        inject(notebook, {"folder": Path(os.path.relpath(data, path.parent)).as_posix(), **(wanted or {})})
    start = time.perf_counter()
    error = run(notebook, path.parent, lang)
    seconds = round(time.perf_counter() - start, 1)
    if data:
        name_download(notebook)
    nbformat.write(notebook, out / path.name)
    differs = not data and lang == "en" and stored != list(list_outputs(notebook))
    message = error or ("other outputs than those it was committed with" if differs else "")
    cells = sum(cell.cell_type == "code" for cell in notebook.cells)
    return Run(
        path.name, find_title(notebook), cells, seconds,
        "stops" if error else "differs" if differs else "runs", message, inputs,
    )


def list_outputs(notebook: NotebookNode) -> Iterator[object]:
    """List the outputs of a notebook that can be compared: all but images."""
    for cell in notebook.cells:
        for output in cell.get("outputs", ()):
            data = {
                kind: text for kind, text in output.get("data", {}).items() if not kind.startswith("image/")
            }
            yield output.get("text"), output.get("name"), data


def hash_inputs(path: Path, data: Path | None, *options: object) -> str:
    """Hash all that the outputs of a notebook depend on."""
    parts = sorted(found for pattern in BEHIND_OUTPUTS for found in TOP.glob(pattern) if found.is_file())
    parts += sorted((data or TOP / "data/parquet").glob("[!.]*/*.parquet"))
    known = hashlib.sha256(repr((str(data), *options)).encode())
    for part in [path, *parts]:
        known.update(hashlib.sha256(part.read_bytes()).digest())
    return known.hexdigest()


def read_status(out: Path) -> dict[str, Run]:
    """Read what came of earlier runs, by notebook."""
    path = out / STATUS
    lines = json.loads(path.read_text(encoding="utf-8")) if path.exists() else []
    return {line["notebook"]: Run(**line) for line in lines}


def choose_reports(data: Path | None, reports: str | None, most: str | None) -> dict[str, object]:
    """Turn what the command line chooses into parameters; an error names a report that is not there, or what
    is no number.
    """
    if most and not (most.isdecimal() and int(most)):
        raise ValueError(say("most_wrong", value=most))
    names = [name.strip() for name in (reports or "").split(",") if name.strip()]
    known = set(gt.load(data).reports["report_id"]) if data and names else set()
    if unknown := [name for name in names if name not in known]:
        raise ValueError(say("reports_unknown", name=unknown[0], data=data))
    return ({"reports": names} if names else {}) | ({"most_reports": int(most)} if most else {})


def run_copies(
    paths: Sequence[Path], out: Path, data: Path | None, wanted: Mapping[str, object] | None = None,
    languages: Sequence[str] = (),
) -> list[Run]:
    """Run copies of notebooks, some at a time, and leave only these in `out`, or in its folder of each
    language; with other data those that take parameters.
    """
    paths = [path for path in paths if not data or takes_parameters(path)]
    folders = {out / lang: lang for lang in languages} or {out: "en"}
    for folder in folders:
        folder.mkdir(parents=True, exist_ok=True)
        for stale in set(folder.glob("*.ipynb")) - {folder / path.name for path in paths}:
            stale.unlink()
    jobs = [(path, folder, data, wanted, lang) for folder, lang in folders.items() for path in paths]
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        runs = list(pool.map(run_copy, *zip(*jobs, strict=True))) if jobs else []
    for n, folder in enumerate(folders):
        lines = [asdict(one) for one in runs[n * len(paths) : (n + 1) * len(paths)]]
        text = json.dumps(lines, ensure_ascii=False, indent=1)
        (folder / STATUS).write_text(text + "\n", encoding="utf-8")
    return runs


def main() -> int:
    """Run what the command line names; return 1 if a notebook fails."""
    parser = argparse.ArgumentParser(description="Run notebooks.")
    parser.add_argument("notebooks", nargs="+", type=Path)
    parser.add_argument("--out", type=Path, help="run copies in this folder")
    parser.add_argument(
        "--data", type=Path, help="a dataset to run them on: those that have a cell tagged 'parameters'"
    )
    parser.add_argument("--lang", nargs="*", default=(), help="languages of the outputs: with --out")
    parser.add_argument("--reports", metavar="IDS", help="reports to compare, with commas between")
    parser.add_argument("--most", help="reports to compare at most: those of most requests")
    chosen = parser.parse_args()
    if chosen.out:
        try:
            wanted = choose_reports(chosen.data, chosen.reports, chosen.most)
        except ValueError as problem:
            print(problem, file=sys.stderr)
            return 2
        runs = run_copies(chosen.notebooks, chosen.out, chosen.data, wanted, chosen.lang)
        failed = [f"{one.notebook}: {one.message}" for one in runs if one.result == "stops"]
    else:
        failed = [f"{path}: {error}" for path in chosen.notebooks if (error := run_in_place(path))]
    for line in failed:
        print(line, file=sys.stderr)
    return int(bool(failed))


if __name__ == "__main__":
    sys.exit(main())
