"""Settings: each is a positive measure that some module reads, and none can be changed by a reader."""

from dataclasses import FrozenInstanceError, fields

import pytest

from govtables.readers.pdf import settings
from tests.readers.measured import assert_is_read


@pytest.mark.parametrize("measure", [field.name for field in fields(settings.PDF)])
def test_every_measure_is_positive_and_read(measure):
    assert_is_read(settings, "PDF", measure)


def test_no_reader_changes_a_measure():
    with pytest.raises(FrozenInstanceError):
        settings.PDF.near = 1.0
