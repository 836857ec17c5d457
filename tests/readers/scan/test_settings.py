"""Settings: each is a positive measure that some module reads, and none can be changed by a reader."""

from dataclasses import FrozenInstanceError, fields

import pytest

from govtables.readers.scan import settings
from tests.readers.measured import assert_is_read


@pytest.mark.parametrize("measure", [field.name for field in fields(settings.SCAN)])
def test_every_measure_is_positive_and_read(measure):
    assert_is_read(settings, "SCAN", measure)


def test_no_reader_changes_a_measure():
    with pytest.raises(FrozenInstanceError):
        settings.SCAN.near = 1.0
