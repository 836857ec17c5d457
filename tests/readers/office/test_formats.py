"""Formats of numbers in workbooks."""

import pytest

from govtables.readers.office.formats import format_kind


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("General", "{}"),
        ("G/通用格式", "{}"),
        ("0_ ", "{}"),
        ("#,##0.00", "{}"),
        ("[Red]-0", "{}"),
        ("@", "{}"),
        ('0"dmy"', "{}"),
        ("[h]:mm", "day"),
        ("yyyy/m/d;@", "day"),
        ('m"月"d"日"', "day"),
        ("0.0%", "{} (0.0%)"),
        ("0.00,,", "{} (0.00,,)"),
        ('[<10000]0;0\\.0,"万"', '{} ([<10000]0;0\\.0,"万")'),
        ('0!.0000"万元"', '{} (0!.0000"万元")'),
        ('G/通用格式"万元"', "{}万元"),
    ],
)
def test_kinds_of_formats(code, kind):
    assert format_kind(164, code) == kind
