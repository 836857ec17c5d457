"""Intervals as the literature has them."""

import numpy as np
import pytest

from govtables.indicators.intervals import garwood, newcombe, normal_quantile, wilson


@pytest.mark.parametrize(
    ("count", "total", "low", "high"),
    [
        (81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0, 0.1611), (1, 29, 0.0061, 0.1718),
        (29, 29, 0.8830, 1)
    ],
)
def test_wilson_as_published_by_newcombe(count, total, low, high):
    """Newcombe (1998), table I; the last by symmetry of his 0 of 29."""
    assert wilson(np.array(count), np.array(total)) == (
        pytest.approx(low, abs=6e-5), pytest.approx(high, abs=6e-5)
    )


def test_wilson_as_scipy_has_it():
    from scipy.stats import binomtest

    for count, total, level in [(0, 1, 0.95), (3, 7, 0.9), (999, 1000, 0.998), (5, 5, 0.99)]:
        expected = binomtest(count, total).proportion_ci(level, "wilson")
        assert wilson(np.array(count), np.array(total), level) == pytest.approx(
            (expected.low, expected.high), abs=1e-12
        )


@pytest.mark.parametrize(
    ("count", "low", "high"), [
        (0, 0, 3.689), (1, 0.0253, 5.572), (5, 1.6235, 11.668), (10, 4.795, 18.390), (100, 81.36, 121.63)
    ]
)
def test_garwood_as_in_tables_of_poisson_limits(count, low, high):
    assert garwood(np.array(count)) == (pytest.approx(low, rel=1e-3), pytest.approx(high, rel=1e-3))


@pytest.mark.parametrize(
    ("after", "before", "low", "high"),
    [
        pytest.param((56, 70), (48, 80), 0.0524, 0.3339, id="a"),
        pytest.param((9, 10), (3, 10), 0.1705, 0.8090, id="b"),
        pytest.param((6, 7), (2, 7), 0.0582, 0.8062, id="c"),
        pytest.param((5, 56), (0, 29), -0.0381, 0.1926, id="d"),
        pytest.param((0, 10), (0, 20), -0.1611, 0.2775, id="e"),
        pytest.param((0, 10), (0, 10), -0.2775, 0.2775, id="f"),
        pytest.param((10, 10), (0, 20), 0.6791, 1.0, id="g"),
        pytest.param((10, 10), (0, 10), 0.6075, 1.0, id="h"),
    ],
)
def test_newcombe_1998_table_2_method_10(after, before, low, high):
    rates = [
        (np.array(count / total), wilson(np.array(count), np.array(total))) for count,
        total in (after, before)
    ]
    assert newcombe(*rates) == pytest.approx((low, high), abs=6e-5)
    assert newcombe(*rates[::-1]) == pytest.approx((-high, -low), abs=6e-5)


@pytest.mark.parametrize("level", [0.5, 0.8, 0.95, 0.998, 0.9999])
def test_garwood_as_scipy_has_it(level):
    from scipy.special import gammaincinv, ndtri

    counts = np.r_[np.arange(0, 200), 1_000, 54_321, 10**6]
    tail = (1 - level) / 2
    low, high = garwood(counts, level)
    np.testing.assert_allclose(low, np.where(counts == 0, 0, gammaincinv(np.maximum(counts, 1), tail)), rtol=1e-9)
    np.testing.assert_allclose(high, gammaincinv(counts + 1, 1 - tail), rtol=1e-9)
    assert normal_quantile(level) == pytest.approx(ndtri(1 - tail), abs=1e-12)
    assert np.isnan(garwood(np.array([np.nan]))).all()
