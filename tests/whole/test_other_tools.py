"""What the page on other tools shows runs: its Python and its SQL."""

import doctest
import re
from pathlib import Path

import duckdb
import pytest

import govtables as gt

TOP = Path(__file__).parents[2]
PAGE = TOP / "docs" / "other-tools.md"
STATEMENTS = [
    one.strip() for block in re.findall("```sql\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.S) for one in block.split(";")
]


@pytest.fixture
def exported(tmp_path, monkeypatch):
    """A folder with the sample as the page names it, and its exports."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "my-data").symlink_to(TOP / "data" / "parquet")
    for to in ("csv", "wide"):
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
