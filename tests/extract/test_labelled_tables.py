"""Tables whose rows have labels: a ruined label before numbers that the sums leave no choice for is taken."""

from extract.lossy_tables import FORM, ROWS, WIDTH, make_table
from govtables.extract.labelled_tables import match_labelled
from govtables.extract.rows import make_row
from govtables.readers import Cell


def match(truth: dict[str, list[int]], ruined: str = ""):
    rows = []
    for row in ROWS:
        label = "完全不同的标签" if row.code == ruined else row.label
        rows.append(make_row(3, [Cell(label, "")], [Cell(str(n), "") for n in truth[row.code]], None))
    cells, matched = match_labelled(FORM, "requests", rows)
    return [cell for cell in cells if cell.row == ruined], cells, matched


def test_a_whole_table_has_every_cell_once():
    _, cells, matched = match(make_table(3))
    assert len({(cell.row, cell.column) for cell in cells}) == len(cells) == len(ROWS) * WIDTH
    assert matched.findings == []


def test_zeros_behind_a_ruined_label_are_certain_where_the_sums_leave_zero():
    truth = {code: [0] * WIDTH for code in make_table(3)}
    own, _, matched = match(truth, "granted")
    assert ([cell.value for cell in own], matched.certain) == ([0.0] * WIDTH, {"granted"})


def test_zeros_that_the_sums_deny_are_not():
    truth = {code: [0] * WIDTH for code in make_table(3)} | {"concluded": [1, 0, 0, 0, 0, 0, 1]}
    own, _, matched = match(truth, "granted")
    assert ({cell.status for cell in own}, matched.certain) == ({"unreadable"}, frozenset())
