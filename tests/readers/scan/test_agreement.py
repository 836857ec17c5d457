"""A number stands only where two readings and the strokes of its ink agree."""

import pytest

from tests.readers.scan.extra import skip_without_extra

skip_without_extra()

from govtables.language import DOUBT, list_readings
from govtables.readers.scan.agreement import LOST, Strokes, settle
from govtables.readers.scan.ocr import Reading
from govtables.records import Status
from tests.readers.scan.drawing import status_of

PLAIN = Strokes(digits=2, dashes=0, tails=0, gaps=0, slant=0.0, covered=False, cut=False, bar=False)


@pytest.mark.parametrize(
    ("first", "second", "strokes", "status"),
    [
        (("12", 0.99), ("12", 0.99), {}, Status.REPORTED),
        (("12", 0.99), ("17", 0.99), {}, Status.UNREADABLE),
        (("12", 0.99), ("12", 0.40), {}, Status.UNREADABLE),
        (("1", 0.99), ("1", 0.99), {}, Status.UNREADABLE),
        (("12", 0.99), ("12", 0.99), {"digits": 3}, Status.UNREADABLE),
        (("12", 0.99), ("12", 0.99), {"gaps": 1}, Status.UNREADABLE),
        (("12", 0.99), ("12", 0.99), {"dashes": 1}, Status.UNREADABLE),
        (("-12", 0.99), ("-12", 0.99), {"dashes": 1}, Status.REPORTED),
        (("12", 0.99), ("12", 0.99), {"covered": True}, Status.UNREADABLE),
        (("12", 0.99), ("12", 0.99), {"cut": True}, Status.UNREADABLE),
        (("12.", 0.99), ("12", 0.99), {}, Status.REPORTED),
        (("1,200", 0.99), ("1,200", 0.99), {"digits": 4, "tails": 1, "gaps": 1}, Status.REPORTED),
        (("1,200", 0.99), ("1,200", 0.99), {"digits": 4}, Status.UNREADABLE),
        (("1.200", 0.99), ("1.200", 0.99), {"digits": 4}, Status.REPORTED),
        (("1.200", 0.99), ("1.200", 0.99), {"digits": 4, "tails": 1}, Status.UNREADABLE),
        (("减12", 0.99), ("减12", 0.99), {"digits": 4, "dashes": 1}, Status.REPORTED),
        (("1", 0.99), ("1", 0.99), {"digits": 1, "slant": 0.4}, Status.UNREADABLE),
        (("/", 0.99), ("/", 0.99), {"digits": 1, "slant": 0.4}, Status.NOT_APPLICABLE),
        (("/", 0.99), ("/", 0.99), {"digits": 1, "slant": 0.0}, Status.UNREADABLE),
        (("-", 0.60), ("-", 0.99), {"digits": 0}, Status.NOT_APPLICABLE),
        (("-", 0.40), ("--", 0.60), {"digits": 9, "bar": True}, Status.NOT_APPLICABLE),
        (("-", 0.40), ("1", 0.60), {"digits": 9, "bar": True}, Status.UNREADABLE),
        (("?", 0.99), ("?", 0.99), {"digits": 9, "bar": True}, Status.UNREADABLE),
        (("?", 0.99), ("?", 0.99), {"digits": 1}, Status.UNREADABLE),
        (("", 0.0), ("", 0.0), {}, Status.UNREADABLE),
    ],
)
def test_a_number_stands_only_if_readings_and_strokes_agree(first, second, strokes, status):
    text = settle(Reading(*first[:1], *first, 1.0), Reading(*second[:1], *second, 1.0), PLAIN._replace(**strokes))
    assert status_of(text) == status
    assert (DOUBT in text or LOST in text) == (status == Status.UNREADABLE)


@pytest.mark.parametrize(
    ("first", "second", "strokes", "readings"),
    [
        (("13", 0.99), ("18", 0.99), {}, (13, 18)),
        (("13", 0.99), ("13", 0.40), {}, (13,)),
        (("13", 0.99), ("?", 0.99), {}, (13,)),
        (("13", 0.99), ("1", 0.99), {}, (13, 1)),
        (("13", 0.99), ("13", 0.99), {"digits": 3}, ()),
        (("13", 0.99), ("18", 0.99), {"covered": True}, ()),
        (("13", 0.99), ("18", 0.99), {"cut": True}, ()),
    ],
)
def test_readings_are_of_all_the_ink_or_none(first, second, strokes, readings):
    """What is read of a number under a stamp or over a rule may be a part of it, which says nothing about the whole."""
    text = settle(Reading(*first[:1], *first, 1.0), Reading(*second[:1], *second, 1.0), PLAIN._replace(**strokes))
    assert list_readings(text) == readings
