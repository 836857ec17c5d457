"""Lines without marks: prose, a row with one label, or a flow of several."""

import pytest

from govtables.readers.document import Grid
from govtables.readers.flows import read_line


@pytest.mark.parametrize(
    ("line", "flow"),
    [
        pytest.param("规章 0 0 6 行政规范性文件 1 2 3 行政许可 7", True, id="labels behind numbers"),
        pytest.param("（一）予以公开的申请数量 其中 1 2 3 4 5 6 21", False, id="one row"),
        pytest.param("12   11     9     8   40    0      6   3      5    14", False, id="numbers alone"),
        pytest.param("四、复议诉讼情况 行政复议 总计 &nbsp;0&nbsp; &nbsp;1&nbsp; &nbsp;2&nbsp;", True, id="entities"),
        pytest.param("本年度收到申请12件，办结11件，其中予以公开9件，部分公开1件，不予公开1件。", False, id="prose"),
    ],
)
def test_a_flow_has_several_rows_in_a_line(line, flow):
    [block] = read_line(1, line)
    assert isinstance(block, Grid) is flow
