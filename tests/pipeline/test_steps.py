"""One document to one result: whatever is cut off or lost, reading never stops and no number becomes another."""

import pytest
from building import RAW

from govtables.pipeline.steps import read_bytes


@pytest.mark.parametrize("seed", range(5))
def test_a_cut_document_never_raises(seed):
    data = sorted(RAW.glob("*.txt"))[seed].read_bytes()
    for cut in range(0, len(data), 997):
        for piece in (data[:cut], data[cut:], data[:cut] + data[cut + 500 :]):
            result = read_bytes(piece, "cut.txt")
            assert result.error is None or not result.cells
            assert "reading stopped" not in (result.error or "")


@pytest.mark.parametrize("path", sorted(RAW.glob("*.txt")), ids=lambda path: path.name)
def test_a_lost_or_stray_line_never_stops_reading_and_a_lost_one_makes_no_value_wrong(path):
    lines = path.read_text(encoding="utf-8").split("\n")
    truth = values_of(lines)
    for at in range(0, len(lines), 5):
        values_of([*lines[:at], "12", *lines[at:]])
        lost = values_of(lines[:at] + lines[at + 1 :])
        assert {code: value for code, value in lost.items() if value != truth[code]} == {}, f"without line {at + 1}"


def values_of(lines: list[str]) -> dict[tuple[str, str, str], float]:
    result = read_bytes("\n".join(lines).encode(), "a.txt")
    assert "reading stopped" not in (result.error or "")
    cells = [cell for cell in result.cells if "extra." not in (cell.row[:6], cell.column[:6])]
    return {(cell.table, cell.row, cell.column): cell.value for cell in cells if cell.value is not None}
