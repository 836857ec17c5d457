"""Published tables read back: all of one build, as data frames.

In: a folder that `store` published. Out: a `Dataset`. Next: `source`, `summary`, notebooks, `exports`.
"""

import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from govtables.dataset.schema import SCHEMAS
from govtables.dataset.store import BUILD, PART

PAUSES = (0, 0.05, 0.2)  # seconds until a dataset that may be just being replaced is read again


@dataclass(frozen=True, slots=True)
class Dataset:
    """The published tables as data frames, each under its name; `folder` is where they were read from."""

    folder: Path
    cells: pd.DataFrame
    reports: pd.DataFrame
    issuers: pd.DataFrame
    sections: pd.DataFrame
    checks: pd.DataFrame
    bounds: pd.DataFrame
    proposals: pd.DataFrame
    statements: pd.DataFrame
    findings: pd.DataFrame
    indicators: pd.DataFrame
    ledger: pd.DataFrame
    codebook: pd.DataFrame

    def _repr_html_(self) -> str:
        sizes = pd.DataFrame({"rows": {name: len(getattr(self, name)) for name in SCHEMAS}})
        columns = [
            "report_id", "issuer", "year", "generation", "n_reported", "n_blank", "n_findings", "error",
        ]
        return sizes.T._repr_html_() + self.reports[columns].head(20)._repr_html_()


def load(out: str | Path) -> Dataset:
    """Read a published dataset, the one that stands there or the one that takes its place meanwhile; an error
    names what is missing. Nothing is changed.

    >>> data = load("data/parquet")
    >>> len(data.reports), len(data.cells)
    (5, 1000)
    """
    for pause in PAUSES:
        with suppress(ValueError):
            return _load(Path(out))
        time.sleep(pause)
    return _load(Path(out))


def _load(out: Path) -> Dataset:
    """Open all tables, see that they are of one build, and read them: opened files stay what they are."""
    missing = [name for name in SCHEMAS if not (out / name).is_dir()]
    if missing:
        raise ValueError(
            f"{out}: no dataset here (missing: {', '.join(missing)}); make one with govtables build RAW {out}"
        )
    with ExitStack() as stack:
        files = {}
        for name in SCHEMAS:
            with _naming(out, name):
                files[name] = stack.enter_context(pa.OSFile(str(out / name / PART)))
        _refuse_other_builds(out, files)
        frames = {}
        for name, file in files.items():
            with _naming(out, name):
                frames[name] = pd.read_parquet(file)
    return Dataset(out, **frames)


def _refuse_other_builds(out: Path, files: Mapping[str, pa.NativeFile]) -> None:
    """Raise if the tables are of several builds, or of another version."""
    builds = set()
    for name, file in files.items():
        with _naming(out, name):
            found = pq.ParquetFile(file)
        builds.add((found.metadata.metadata or {}).get(BUILD))
        if found.schema_arrow.names != SCHEMAS[name].names:
            columns = f"{out / name}: has other columns than this version writes"
            raise ValueError(f"{columns}; run govtables build RAW {out} again")
    if len(builds) > 1:
        raise ValueError(f"{out}: tables of different builds; run govtables build RAW {out} again")


@contextmanager
def _naming(out: Path, name: str) -> Iterator[None]:
    try:
        yield
    except (OSError, pa.ArrowException) as problem:
        raise ValueError(
            f"{out / name / PART}: missing or damaged ({problem}); run govtables build RAW {out} again"
        ) from None
