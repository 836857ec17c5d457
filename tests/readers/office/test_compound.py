"""Compound files: what each is, and that a hostile one is given up."""

import struct
import time

import pytest
from tests.readers.office.writing import compound

from govtables.readers.office import find_kind


def test_a_compound_file_whose_tables_run_in_a_ring_is_given_up_at_once():
    ring = bytearray(compound("WordDocument"))
    struct.pack_into("<I", ring, 44, 127 * 1_000_000 + 109)  # sectors of the table
    struct.pack_into("<2I", ring, 68, 0, 1_000_000)  # sectors that list those
    start = time.monotonic()
    assert find_kind(bytes(ring)) == "compound"
    assert time.monotonic() - start < 5


@pytest.mark.parametrize("power", [0, 8, 13, 65_535])
def test_a_compound_file_of_absurd_sectors_is_of_an_unknown_kind(power):
    absurd = bytearray(compound("WordDocument"))
    struct.pack_into("<H", absurd, 30, power)
    assert find_kind(bytes(absurd)) == "compound"
