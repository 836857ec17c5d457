"""Which bodies may make rules."""

import pytest

from govtables.issuers import resolve_issuer, may_make_rules


@pytest.mark.parametrize(
    ("name", "may"),
    [
        ("浙江省人民政府", True), ("温州市人民政府", True), ("永康市人民政府", False), ("花街镇人民政府", False),
        ("永康市公安局", False), ("温州市公安局", None), ("", None),
    ],
)  # fmt: skip
def test_counties_and_what_is_below_make_no_rules(name, may):
    assert may_make_rules(resolve_issuer(name, 2023)) is may
