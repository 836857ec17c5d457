"""What a document marks: what stands for no text is no number."""

from govtables.language.numbers import read_number
from govtables.readers.runs import UNKNOWN
from govtables.readers.office.xlsx import NO_VALUE


def test_what_stands_for_no_text_is_no_number():
    assert {
        read_number(text).status for text in (UNKNOWN, NO_VALUE, "12 1", "1. 0", "2022-01-03", "34 35")
    } == {"unreadable"}
