"""What the page on other tools shows runs: its Python, its SQL, and its R where R can be had."""

import doctest
import re
import shutil
import subprocess
from pathlib import Path

import duckdb
import pytest

import govtables as gt

TOP = Path(__file__).parents[2]
PAGE = TOP / "docs" / "other-tools.md"
TEXT = PAGE.read_text(encoding="utf-8")
STATEMENTS = [one.strip() for block in re.findall("```sql\n(.*?)```", TEXT, re.S) for one in block.split(";")]
SCRIPTS = re.findall("```r\n(.*?)```", TEXT, re.S)


@pytest.fixture
def exported(tmp_path, monkeypatch):
    """A folder with the sample as the page names it, and its exports."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "my-data").symlink_to(TOP / "data" / "parquet")
    for to in ("csv", "dta", "wide"):
        gt.export("my-data", to, f"my-data-{to}")


def test_snippets_of_python_run(exported):
    assert doctest.testfile(str(PAGE), module_relative=False).failed == 0


def test_every_statement_of_sql_runs_and_gives_rows(exported):
    answers = {}
    with duckdb.connect() as connection:
        for statement in filter(None, STATEMENTS):
            answers[statement] = connection.execute(statement).fetchall()
    asked = {statement: rows for statement, rows in answers.items() if not statement.startswith("CREATE")}
    assert [statement for statement, rows in asked.items() if not rows and "'fails'" not in statement] == []
    assert len(answers) > 8


def test_views_hold_what_they_say(exported):
    with duckdb.connect() as connection:
        for statement in filter(None, STATEMENTS):
            connection.execute(statement)
        count = connection.execute("SELECT count(*) FROM totals WHERE en IS NOT NULL").fetchone()
        received = connection.execute(
            "SELECT received FROM requests_wide WHERE report_id = 'longgang-2021.txt' AND applicant = 'total'"
        ).fetchone()
    assert (count, received) == ((140,), (166.0,))


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: re.search(r"(\S+)::", script)[1].rpartition("(")[2])
def test_snippets_of_r_run(exported, script):
    """The package that a snippet uses is the first one that it names."""
    package = re.search(r"([\w.]+)::", script)[1]
    if not shutil.which("Rscript") or subprocess.run(["Rscript", "-e", f"library({package})"], capture_output=True).returncode:
        pytest.skip(f"there is no R with {package}: apt install r-base-core r-cran-{package}")
    run = subprocess.run(["Rscript", "-e", script], capture_output=True, text=True)
    assert run.returncode == 0, run.stderr
