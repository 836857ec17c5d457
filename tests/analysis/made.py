"""What the tests of analysis share: published tables of the sample, and reports and values that are made."""

from pathlib import Path

import numpy as np
import pandas as pd

from govtables.indicators.intervals import wilson
from govtables.forms import form

PARQUET = Path(__file__).parents[2] / "data" / "parquet"
RATE = "disclosure_rate"
GRANTED, CONCLUDED = "requests.granted.total", "requests.concluded.total"
NORMATIVE = "disclosure.normative_document"


def make(name: str = "a.txt", generation: str = "2021", **numbers: float | None) -> pd.DataFrame:
    """All cells of a report: 0, but for those named as `row__column`, `_` for a point; None is unknown."""
    given = {tuple(code.split("__")): value for code, value in numbers.items()}
    lines = [
        (name, table, row.code, column.code, given.pop((row.code.replace(".", "_"), column.code), 0))
        for table, row, column in form(generation).cells()
    ]
    assert not given
    return pd.DataFrame(
        lines, columns=["report_id", "table", "row", "column", "value"]
    ).astype({"value": float})


def bound(*lines: tuple[str, str, str, float, float | None]) -> pd.DataFrame:
    columns = ["report_id", "table", "row", "column", "low", "high"]
    return pd.DataFrame(
        [("a.txt", *line) for line in lines], columns=columns
    ).astype({"low": float, "high": float})


def published(name: str) -> pd.DataFrame:
    return pd.read_parquet(PARQUET / name)


def frame(text: str) -> pd.DataFrame:
    """Read a frame from lines of fields with commas; a field of a dash is null."""
    lines = [[field.strip() for field in line.split(",")] for line in text.splitlines() if line.strip()]
    return pd.DataFrame(lines[1:], columns=lines[0], dtype="str").replace("-", None)


def make_values(lines: str) -> pd.DataFrame:
    """Values of a rate of issuers: issuer, year, form, numerator, denominator."""
    values = frame(f"issuer, year, generation, numerator, denominator\n{lines}")
    values = values.astype({"year": int, "numerator": float, "denominator": float}).assign(indicator=RATE)
    values["value"] = values["numerator"] / values["denominator"]
    ends = wilson(values["numerator"].to_numpy(), values["denominator"].replace(0, np.nan).to_numpy())
    values["low"], values["high"] = (np.where(values["value"].isna(), np.nan, end) for end in ends)
    unknown = values["denominator"].ne(0) & values["value"].isna()
    values["missing"] = np.select([values["denominator"].eq(0), unknown], ["nothing", "unknown"], None)
    left = {"value_low": values["value"], "value_high": values["value"], "flag": "clean"}
    return values.assign(**left, denominator_low=values["denominator"], denominator_high=values["denominator"])


KNOWN = make_values("""
    a, 2020, 2019, 1, 2
    a, 2021, 2021, 0, 0
    a, 2023, 2021, 1, 2
    b, 2020, 2019, 1, 4
    b, 2021, 2021, 2, 4
    c, 2021, 2021, -, 4
    c, 2020, 2019, 4, 4
""")
