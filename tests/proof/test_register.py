"""Who repeats whom is told by hashes, in little room, and each report looked up when it is asked for."""

import numpy as np

from govtables.proof.fingerprints import write_fingerprint
from govtables.proof.register import MARK, NONE, Register, make_index, mark
from tests.proof.comparing import BUSY, TOWN, make

OVER = {"requests carried_over natural_person": 2, "requests carried_over other": 1, "requests carried_over total": 3}


def index_of(*reports):
    return make_index(np.frombuffer(b"".join(mark(one, write_fingerprint(one)) for one in reports), MARK))


def test_the_earliest_with_the_same_bytes_or_numbers_is_found():
    first, other = make("a.txt", 2022, BUSY), make("b.txt", 2022, {})
    index = index_of(first, other, first._replace(report_id="c.txt"), other._replace(report_id="d.txt", sha256=b"d"))
    assert (index.copy.tolist(), index.twin.tolist()) == ([NONE, NONE, 0, NONE], [NONE, NONE, 0, 1])


def test_a_report_is_near_one_that_differs_in_a_number():
    changed = make("b.txt", 2022, BUSY | {"requests received total": 99})
    near = index_of(make("a.txt", 2022, BUSY), changed).near
    assert near[0].tolist() == [NONE] * 3 and sorted(near[1].tolist()) == [NONE, 0, 0]


def test_reports_of_a_name_are_read_when_they_are_asked_for():
    reports, read = [make(f"{n}.txt", 2019 + n // 2, {"requests received total": n}) for n in range(6)], []
    register = Register(index_of(*reports), lambda row: read.append(row) or reports[row])
    group = register.groups(reports[3])[0]
    assert register.rows(group) == [2, 3] and register.knows(group) and not read
    assert register.first(group) is reports[2] and register.same(group, reports[3].numbers) is reports[3]
    assert (read, register.all_rows(group[0], 2021), register.all_rows("", 2021)) == ([2, 3], [4, 5], [])
    assert "no report of 2031" in register.find((group[0], 2031, None), TOWN)


def test_an_index_is_small():
    one = make("a.txt", 2020, BUSY)
    index = index_of(*(one._replace(report_id=f"{n}", key=f"第{n}镇", sha256=b"%d" % n) for n in range(500)))
    assert sum(array.nbytes for array in index) + 500 * MARK.itemsize < 500 * 190
