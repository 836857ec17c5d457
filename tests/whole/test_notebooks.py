"""Notebooks 05 and 06 run on datasets of all kinds; figures of all notebooks can be read and have a text."""

import base64
import json
import re
import struct
from collections.abc import Callable, Iterator
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient
from traitlets.config import Config

import govtables as gt
from govtables.analysis.figures.style import SMALL
from publish.adapt import drop_prose_of_the_sample
from tests.analysis.figures.drawn import DPI, NOTEBOOKS, PHONE, SMALLEST, TOP
from tests.whole.made_panels import DATASETS, TOWNS, write_many

NOTEBOOK_5, NOTEBOOK_6 = "05-comparison", "06-across-years"


def list_images(path: Path) -> Iterator[tuple[str, nbformat.NotebookNode, bytes]]:
    for n, cell in enumerate(nbformat.read(path, as_version=4).cells):
        for output in cell.get("outputs", ()):
            if "image/png" in output.get("data", {}):
                yield f"{path.stem}-{n}", cell, base64.b64decode(output.data["image/png"])


IMAGES = [image for path in NOTEBOOKS for image in list_images(path)]
by_image = pytest.mark.parametrize(
    "cell, png", [pytest.param(cell, png, id=name) for name, cell, png in IMAGES]
)


@by_image
def test_figures_of_notebooks_are_narrow_enough_for_small_type(cell, png):
    width = struct.unpack(">I", png[16:20])[0]
    assert SMALL / 72 * DPI * PHONE / width >= SMALLEST
    assert len(png) < 500_000


@by_image
def test_figures_of_notebooks_have_an_alternative_text(cell, png):
    """Say it in `"metadata": {"mystnb": {"image": {"alt": "…"}}}` of the cell, for the site to take."""
    text = cell.metadata.get("mystnb", {}).get("image", {}).get("alt", "")
    assert text.endswith(".") and len(text) > 40
    others = [
        other.metadata.get("mystnb", {}).get("image", {}).get("alt") for _, other, _ in IMAGES
        if other is not cell
    ]
    assert text not in others
    assert set(re.findall(r"\d+", text)) <= {"0", "2019", "2021"}, "a number would go stale"


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_no_notebook_asks_for_bold_type_in_a_figure(path):
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    assert [
        cell["id"] for cell in cells if cell["cell_type"] == "code" and "bold" in "".join(cell["source"])
    ] == []


@pytest.fixture(scope="module")
def dataset(tmp_path_factory) -> Callable[[str], Path]:
    """Folder of a dataset by its name, made when it is first asked for."""
    made = {"sample": TOP / "data" / "parquet"}

    def make(name: str) -> Path:
        if name not in made:
            top = tmp_path_factory.mktemp(name)
            if name == "many":
                write_many(top / "out")
            else:
                DATASETS[name](top / "raw")
                gt.build(top / "raw", top / "out", processes=1, progress=False)
            made[name] = top / "out"
        return made[name]

    return make


@pytest.fixture(scope="module")
def run(dataset) -> Iterator[Callable[..., str]]:
    """Run a notebook on a dataset, in a kernel that all runs share, and return what it prints."""
    settings = Config(KernelManager={"transport_encryption": "auto"})
    place = {"metadata": {"path": str(TOP / "notebooks")}}
    client = NotebookClient(
        nbformat.v4.new_notebook(), kernel_name="python3", resources=place, config=settings
    )

    def run_on(name: str, data: str, **parameters: object) -> str:
        notebook = nbformat.read(TOP / "notebooks" / f"{name}.ipynb", as_version=4)
        drop_prose_of_the_sample(notebook)
        cells = [
            nbformat.v4.new_code_cell("%reset -f"),
            *(cell for cell in notebook.cells if cell.cell_type == "code")
        ]
        # the made panel is the same whatever the dataset
        cells = [
            cell for cell in cells if data == "sample"
            or not any(word in cell.source for word in ("made_", "invented"))
        ]
        at = next(n for n, cell in enumerate(cells) if "parameters" in cell.metadata.get("tags", ()))
        chosen = {"folder": str(dataset(data)), "plt.rcParams['figure.dpi']": 30} | parameters
        cells.insert(
            at + 1,
            nbformat.v4.new_code_cell("\n".join(f"{key} = {value!r}" for key, value in chosen.items()))
        )
        client.nb = notebook | {"cells": cells}
        for n, cell in enumerate(cells):
            client.execute_cell(cell, n)
        outputs = [output for cell in cells for output in cell.outputs]
        assert not [output.text for output in outputs if output.get("name") == "stderr"]
        return "".join(
            output.get("text") or output.get("data", {}).get("text/plain", "") + "\n" for output in outputs
        )

    with client.setup_kernel():
        yield run_on


SAYS = {
    "sample": """
        5 reports, 5 of them in the panel, by 5 issuers
        2 years in a row: 0 of 5 issuers; reports lacking for all: 5
        No issuer reports in two consecutive years: this is no panel.
        compared with the year before: 0 of 5 reports
        disclosure_rate: no line, as no issuer has comparable values in two consecutive years
        no balanced panel
        No trend to draw
        No change to draw
        24 made issuers, 96 made reports
    """,
    "two_by_three": """
        6 reports, 6 of them in the panel, by 2 issuers
        3 years in a row: 2 of 2 issuers; reports lacking for all: 0
        compared with the year before: 4 of 6 reports
        carry_over: {'holds': 26, 'fails': 2}
        equations that fail: 2 of 36, in 1 reports
        永康市石柱镇-2023.txt: 1, not 3: requests.carried_in.total = requests.carried_over.total of "永康市石柱镇-2022.txt"
        balanced panel: 2021 to 2023
        8 changes of 2 rates; 0 stand out at 95%
        4 steps, 0 of them over a change of form
    """,
    "gaps": """
        issuers with a gap: 2
        永康市前仓镇: 2022, 2023
        永康市花街镇: 2022
        2 years in a row: 1 of 3 issuers; reports lacking for all: 2
        no balanced panel
    """,
    "duplicates": """
        9 reports, 5 of them in the panel, by 3 issuers
        several reports of one issuer and year: 3 times
        永康市前仓镇 2021: page.txt, no table read, another is taken
        永康市石柱镇 2022: corrected.txt, differing versions
        永康市花街镇 2022: 永康市花街镇-2022.txt, copy of another
        other reports that look like a copy: 0
        all issuers: from 0.5 in 2021 to 0.4545 in 2022
    """,
    "unknown": """
        6 reports, 2 of them in the panel, by 1 issuers
        left out, issuer not told: 1 (no-issuer.txt)
        left out, place not told: 2 (太平镇-2022.txt, 太平镇-2023.txt)
        left out, year not told: 1 (no-year.txt)
        1 steps, 0 of them
    """,
    "both_forms": """
        issuers with reports on more than one form: 3 of 3
        9 steps, 3 of them over a change of form
        normative_issue_ratio: 5 of 12 values known
        2 steps, 0 of them over a change of form
        balanced panel: 2019 to 2022
    """,
    "county": """
        8 reports, 8 of them in the panel, by 4 issuers
        left out, as a superior reports as well: 3 issuers
        no balanced panel
        4 steps, 0 of them
    """,
    "nothing": """
        2 reports, 1 of them in the panel, by 1 issuers
        left out, issuer not told: 1 (menu.txt)
        no table read     1
        no issuer has known numbers in any year
        no value to pool
    """,
    "many": """
        1095 reports, 1095 of them in the panel, by 200 issuers
        17 patterns of years; the 17 drawn are of 200 issuers
        5 years in a row: 139 of 200 issuers; reports lacking for all: 72
        compared with the year before: 838 of 1095 reports
        balanced panel: 2019 to 2024
        1614 changes of 2 rates; 54 stand out at 95%
    """,
}


@pytest.mark.parametrize(("data", "expected"), SAYS.items(), ids=SAYS)
def test_the_notebook_says_what_a_dataset_holds_and_lacks(run, data, expected):
    printed = run(NOTEBOOK_6, data)
    assert [line.strip() for line in expected.strip().splitlines() if line.strip() not in printed] == []
    assert "nan" not in printed
    assert "Empty DataFrame" not in printed


@pytest.mark.parametrize(
    ("data", "parameters", "expected"),
    [
        pytest.param(
            "unknown", {"by_name": True, "bodies": ["township"]}, "4 of them in the panel, by 2 issuers",
            id="by name"
        ),
        pytest.param(
            "county", {"issuers": ["无名"]}, "0 reports, 0 of them in the panel, by 0 issuers", id="nobody"
        ),
        pytest.param(
            "both_forms", {"window": (2030, 2031)}, "balanced panel: 2030 to 2031",
            id="window without a report"
        ),
        pytest.param(
            "both_forms",
            {
                "shown": ["normative_issue_ratio", "requests_to_handle"], "window": (2021, 2022),
                "highlight": [TOWNS[1], "无名"]
            },
            "0 changes of 0 rates",
            id="no rate",
        ),
    ],
)
def test_parameters(run, data, parameters, expected):
    assert expected in run(NOTEBOOK_6, data, **parameters)


@pytest.mark.parametrize(
    ("data", "parameters", "expected"),
    [
        pytest.param("duplicates", {}, "9 reports, 1 without a table", id="duplicates"),
        pytest.param("unknown", {}, "year: 2022 (3), 2023 (2), not told (1)", id="unknown"),
        pytest.param(
            "many", {"most_reports": 4},
            "compared: those that concluded most requests, 4 at most\n4 reports\nlevel: Township (4)", id="many"
        ),
    ],
)
def test_the_comparison_runs_on_panels_too(run, data, parameters, expected):
    printed = run(NOTEBOOK_5, data, **parameters)
    assert [line for line in expected.splitlines() if line not in printed] == []
