"""Intervals hold the truth, and limits raise false alarms, as often as is documented: exactly, without draws."""

import pytest

import intervals

EXACT = [intervals.cover_wilson(True), intervals.cover_wilson(False), intervals.cover_garwood(), intervals.cover_newcombe()]


@pytest.mark.parametrize("found", [*EXACT, *intervals.alarm_funnel()], ids=lambda one: one.name)
def test_levels_are_kept_as_documented(found):
    assert found.holds, found


def test_the_strict_list_keeps_its_level_where_requests_are_few():
    """The worst case for intervals: one request after hundreds, at rates near 0 and 1."""
    import numpy as np

    found = intervals.alarm_lists(np.random.default_rng(1), trials=20)
    assert found.holds, found
