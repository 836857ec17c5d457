"""What may be asked for: public addresses, paths that a robots.txt allows."""

import pytest

from govtables.pipeline.collect.permission import is_public, read_rules, resolve
from govtables.pipeline.collect.sources import Refused

PRIVATE = [
    "127.0.0.1", "10.1.2.3", "192.168.0.1", "172.16.0.1", "169.254.169.254", "0.0.0.0", "100.64.0.1", "224.0.0.1",
    "255.255.255.255", "::1", "::", "fe80::1%eth0", "fc00::1", "ff02::1", "::ffff:127.0.0.1", "2002:7f00:1::",
    "64:ff9b::7f00:1", "2001:0:4136:e378:8000:63bf:80ff:fffe", "::7f00:1", "::a00:1", "64:ff9b:1::7f00:1",
]
ALL = "User-agent: *\n"


@pytest.mark.parametrize("address", PRIVATE)
def test_private_addresses_are_told(address):
    assert not is_public(address)


@pytest.mark.parametrize("address", ["93.184.216.34", "2606:2800:220:1:248:1893:25c8:1946", "64:ff9b::5db8:d822"])
def test_public_addresses_are_told(address):
    assert is_public(address)


def test_one_private_address_among_public_ones_is_enough(monkeypatch):
    found = [(2, 1, 6, "", (address, 80)) for address in ("93.184.216.34", "10.0.0.1")]
    monkeypatch.setattr("socket.getaddrinfo", lambda *_, **__: found)
    with pytest.raises(Refused, match="name.example is a private"):
        resolve("name.example", 80, allow_local=False)
    assert resolve("name.example", 80, allow_local=True) == ["93.184.216.34", "10.0.0.1"]


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
