"""Published tables read back: all of one build, as data frames.

In: a folder that `store` published. Out: a `Dataset`. Next: `source`, `summary`, notebooks, `exports`.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from govtables.dataset.parts import Parts, read_parts
from govtables.dataset.schema import SCHEMAS


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
    return read_parts(Path(out), _load)


def _load(parts: Parts) -> Dataset:
    """Read all tables; an error names a file that is damaged or of another version."""
    frames = {}
    for name, paths in parts.files.items():
        for path in paths:
            with _naming(parts.folder, path):
                columns = pq.read_schema(path).names
            if columns != SCHEMAS[name].names:
                said = f"{path}: has other columns than this version writes"
                raise ValueError(f"{said}; run govtables build RAW {parts.folder} again")
        with _naming(parts.folder, parts.folder / name):
            frames[name] = pd.read_parquet([*map(str, paths)])
    return Dataset(parts.folder, **frames)


@contextmanager
def _naming(out: Path, path: Path) -> Iterator[None]:
    try:
        yield
    except (OSError, pa.ArrowException) as problem:
        raise ValueError(
            f"{path}: missing or damaged ({problem}); run govtables build RAW {out} again"
        ) from None
