"""What a robots.txt allows."""

import pytest

from govtables.pipeline.collect.robots import read_rules

ALL = "User-agent: *\n"


@pytest.mark.parametrize(
    ("text", "path", "allowed"),
    [
        ("", "/a", True), ("<html>none</html>", "/a", True), (ALL + "Disallow:", "/a", True), (ALL + "Disallow: /", "/a", False),
        (ALL + "Disallow: /a\nAllow: /a/b", "/a/b/c", True), (ALL + "Allow: /a\nDisallow: /a/b", "/a/b/c", False),
        (ALL + "Disallow: /a\nAllow: /a", "/a", True), (ALL + "Disallow: /*.pdf$", "/x/a.pdf", False),
        (ALL + "Disallow: /*.pdf$", "/a.pdf?x", True), (ALL + "Disallow: /a$", "/a", False), (ALL + "Disallow: /a$", "/ab", True),
        (ALL + "Disallow: /*?", "/a?b", False), (ALL + "Disallow: /a*b*c", "/a-c-b", True), (ALL + "Disallow: /a*a$", "/a", True),
        (ALL + "Disallow: /甲", "/%E7%94%B2/1", False), (ALL + "Disallow: /%e7%94%b2", "/%E7%94%B2", False),
        (ALL + "Disallow: /a # why", "/a", False), ("\ufeffUSER-AGENT:*\r\nDISALLOW:/a\r\n", "/a", False),
        ("User-agent: GovTables/1.0\nDisallow: /a\n\n" + ALL + "Disallow: /", "/b", True),
        ("User-agent: other\nDisallow: /", "/a", True), ("User-agent: other\nUser-agent: *\nDisallow: /a", "/a", False),
        ("User-agent: govtables\nDisallow: /a\nUser-agent: govtables\nDisallow: /b", "/b", False), ("Disallow: /", "/a", True),
    ],
)
def test_the_longest_rule_of_the_right_group_decides(text, path, allowed):
    assert read_rules(text).allow(path) is allowed


def test_a_delay_is_read_where_it_is_a_number():
    assert [read_rules(f"{ALL}Crawl-delay: {said}").delay for said in ("2.5", "²", "-1", "", "1e9", "7")] == [2.5, 0, 0, 0, 0, 7]
