"""Which addresses are public."""

import pytest

from govtables.pipeline.collect.connections import is_public, resolve
from govtables.pipeline.collect.sources import Refused

PRIVATE = [
    "127.0.0.1", "10.1.2.3", "192.168.0.1", "172.16.0.1", "169.254.169.254", "0.0.0.0", "100.64.0.1", "224.0.0.1",
    "255.255.255.255", "::1", "::", "fe80::1%eth0", "fc00::1", "ff02::1", "::ffff:127.0.0.1", "2002:7f00:1::",
    "64:ff9b::7f00:1", "2001:0:4136:e378:8000:63bf:80ff:fffe", "::7f00:1", "::a00:1", "64:ff9b:1::7f00:1",
]


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
