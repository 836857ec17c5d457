"""What the tests of figures share: a made panel, the sample, and an axis to draw on."""

import matplotlib
import numpy as np
import pandas as pd
import pytest
from matplotlib.axes import Axes

from govtables.analysis.figures import use_chinese_font
from govtables.analysis.indicators import compute
from govtables.forms import form
from tests.analysis.made import PARQUET

YEARS, ISSUERS = (2020, 2021, 2022), 40


def draw_report(rng: np.random.Generator, report: str, generation: str) -> list[tuple]:
    """Cells of a report whose outcomes add up; a third have no requests, and few cells are unknown."""
    outcomes = [
        child for i in form(generation).identities if i.name == "outcome_total" for child, _ in i.children
    ]
    size = 0 if rng.random() < 0.3 else int(10 ** rng.uniform(0, 3.5))
    counts = dict(
        zip(outcomes, rng.multinomial(size, rng.dirichlet(np.full(len(outcomes), 0.3))).tolist(), strict=True)
    )
    counts |= {"received": size, "concluded": size}
    return [
        (
            report, table, row.code, column.code, counts.get(row.code, int(rng.poisson(0.5)))
            if column.code == "total" else 0
        )
        for table, row, column in form(generation).cells()
    ]


@pytest.fixture(scope="module")
def panel() -> pd.DataFrame:
    rng = np.random.default_rng(7)
    reports = [
        (f"{n}-{year}", f"第{n}镇", year, "2019" if year < 2021 else "2021") for n in range(ISSUERS)
        for year in YEARS
    ]
    lines = [line for report, _, _, generation in reports for line in draw_report(rng, report, generation)]
    cells = pd.DataFrame(
        lines, columns=["report_id", "table", "row", "column", "value"]
    ).astype({"value": float})
    cells["value"] = cells["value"].mask(rng.random(len(cells)) < 0.004)
    named = pd.DataFrame(reports, columns=["report_id", "issuer", "year", "generation"])
    return compute(cells).merge(named).assign(
        name=lambda values: values["issuer"] + values["year"].astype(str)
    )


@pytest.fixture(scope="module")
def sample() -> pd.DataFrame:
    cells, bounds, reports = (pd.read_parquet(PARQUET / name) for name in ("cells", "bounds", "reports"))
    named = reports[["report_id", "issuer", "year", "generation"]].assign(name=reports["issuer"])
    return compute(cells, bounds).merge(named)


@pytest.fixture
def axis() -> Axes:
    matplotlib.use("agg")
    from matplotlib import pyplot as plt

    with matplotlib.rc_context():
        use_chinese_font()
        figure, axis = plt.subplots(figsize=(4.8, 4), layout="constrained")
        yield axis
        plt.close(figure)
