"""Settings: each is a positive measure that some module reads, and none can be changed by a reader."""

from dataclasses import FrozenInstanceError, fields
from pathlib import Path

import pytest

from govtables.readers.pdf import settings
from govtables.readers.pdf.settings import PDF

SOURCES = "\n".join(
    path.read_text(encoding="utf-8") for path in Path(settings.__file__).parent.glob("*.py") if path.stem != "settings"
)


@pytest.mark.parametrize("name", [field.name for field in fields(PDF)])
def test_every_measure_is_positive_and_read(name):
    value = getattr(PDF, name)
    assert min(value if isinstance(value, tuple) else (value,)) > 0
    assert any(f"PDF.{name}{end}" in SOURCES for end in " ,;:)[]\n")


def test_no_reader_changes_a_measure():
    with pytest.raises(FrozenInstanceError):
        PDF.near = 1.0
