"""Tables that programs draw in text: corners and rules, rows of TeX."""

import pytest

from govtables.readers.drawn_tables import read_drawn, untex


def show(text: str) -> list[str]:
    """Rows with cells divided by `/`; what a span covers is `·`."""
    _, blocks = read_drawn(list(enumerate(text.strip("\n").split("\n"), 1)), 0)
    return ["/".join("·" if cell is None else cell.text for cell in row) for grid in blocks for row in grid.rows]


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        pytest.param("+----+---+\n| 规 | 1 |\n| 章 |   |\n+====+===+\n| 乙 | 2 |\n+----+---+", ["规章/1", "乙/2"], id="wrapped"),
        pytest.param("+---+---+\n| a | 1 |\n| b | 2 |\n+---+---+", ["a/1", "b/2"], id="a rule around rows"),
        pytest.param("+---+---+\n| a | 1 |\n+---+---+\n| b |   |\n+---+---+", ["a/1", "b/"], id="blank"),
        pytest.param("+---+---+\n| a     |\n+---+---+\n| b | 1 |\n+---+---+", ["a/·", "b/1"], id="over columns"),
        pytest.param(
            "+---+---+\n| a | 1 |\n|   +---+\n| b | 2 |\n+---+---+", ["ab/1", "·/2"], id="over rows, the label goes on"
        ),
        pytest.param("+----+---+\n| +1 | | |\n+----+---+", ["+1/|"], id="signs inside"),
        pytest.param("+-----+---+\n| “规”| 1 |\n+-----+---+", ["“规”/1"], id="narrow quotes"),
        pytest.param("+-------+---+\n| “规”| 1 |\n+-------+---+", ["“规”/1"], id="wide quotes"),
        pytest.param("+---+---+\n| a | 33 |\n+---+---+", [], id="edges that meet no corner"),
        pytest.param("+---+---+\n| a | 1 |", [], id="no end"),
    ],
)
def test_a_drawn_table_keeps_its_columns(text, rows):
    assert show(text) == rows


def test_places_are_lines_and_columns():
    _, [grid] = read_drawn([(7, "+---+---+"), (8, "| a | 1 |"), (9, "+---+---+")], 0)
    assert [cell.place for cell in grid.rows[0]] == ["L8:C1", "L8:C2"]


@pytest.mark.parametrize(
    ("text", "read"),
    [
        pytest.param("a & 1 \\\\\nb & 2 \\\\", "a | 1 |\nb | 2 |", id="rows"),
        pytest.param("a &\n1 \\\\", "a | 1 |\n", id="a row over lines"),
        pytest.param("\\multicolumn{2}{l}{a} & 1 \\\\", "a | 1 |", id="a span"),
        pytest.param("prose & more", "prose & more", id="no row"),
    ],
)
def test_rows_of_tex_have_pipes(text, read):
    assert untex(f"\\begin{{tabular}}\n{text}") == f"\\begin{{tabular}}\n{read}"
    assert untex(text) == text
