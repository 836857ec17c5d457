"""One DuckDB file with the published tables and views on them.

In: published Arrow tables. Out: a database that SQL, R and Python open. Next: `exports`.
"""

from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa

from govtables.dataset import fields, meaning, sentences
from govtables.forms import GENERATIONS, form

REPORTS_OK = "SELECT * FROM reports WHERE error IS NULL"
TOTALS = """
SELECT c.report_id, r.issuer, r.year, r.generation, c."table", c."row", b.en, c.value, c.status
FROM cells c JOIN reports r USING (report_id)
LEFT JOIN codebook b ON b.axis = 'row' AND b."table" = c."table" AND b.code = c."row"
WHERE c."column" = 'total'
"""
FAILING_CHECKS = """
SELECT r.issuer, r.year, c.*, b.en AS checked
FROM checks c JOIN reports r USING (report_id)
LEFT JOIN codebook b ON b.axis = 'check' AND b.code = c."check"
WHERE c.verdict = 'fails'
"""
REQUESTS_WIDE = """
SELECT c.report_id, r.issuer, r.year, r.generation, c."column" AS applicant, {rows}
FROM cells c JOIN reports r USING (report_id)
WHERE c."table" = 'requests' AND c."column" NOT LIKE 'extra.%'
GROUP BY ALL
"""
VIEWS = {
    "reports_ok": "Reports whose tables were read",
    "totals": "Totals of requests and disputes with issuer, year and meaning",
    "requests_wide": "Requests, a row a report and kind of applicant, a column a row of the form; a dot of its code is written __",
    "failing_checks": "Checks that fail, with issuer, year and what they check",
}


def write_database(published: dict[str, pa.Table], path: Path) -> None:
    """Write the tables and views, each table and column with a comment that says what it means."""
    import duckdb

    settings = {"threads": 1, "autoinstall_known_extensions": False, "autoload_known_extensions": False}
    with duckdb.connect(str(path), config=settings) as connection:
        for name, table in published.items():
            connection.register("published", table)
            connection.execute(f'CREATE TABLE "{name}" AS SELECT * FROM published')
            connection.unregister("published")
        for statement in (*_views(), *_comments(published)):
            connection.execute(statement)


def _views() -> Iterator[str]:
    selected = {
        "reports_ok": REPORTS_OK,
        "totals": TOTALS,
        "requests_wide": REQUESTS_WIDE.format(rows=", ".join(_request_rows())),
        "failing_checks": FAILING_CHECKS,
    }
    for name, comment in VIEWS.items():
        yield f'CREATE VIEW "{name}" AS {selected[name]}'
        yield f'COMMENT ON VIEW "{name}" IS {_quote(comment)}'


def _request_rows() -> Iterator[str]:
    rows = dict.fromkeys(row.code for generation in reversed(GENERATIONS) for row in form(generation).rows["requests"])
    for code in rows:
        name = code.replace(".", "__")
        yield f'max(c.value) FILTER (WHERE c."row" = {_quote(code)}) AS "{name}"'


def _comments(names: dict[str, pa.Table]) -> Iterator[str]:
    for name in names:
        yield f'COMMENT ON TABLE "{name}" IS {_quote(meaning(name))}'
        for line in fields(name):
            column = line["field"]
            yield f'COMMENT ON COLUMN "{name}"."{column}" IS {_quote(sentences(line))}'


def _quote(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
