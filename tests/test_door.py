"""The door of fetching: which addresses are asked, and which are refused before anything is asked."""

from __future__ import annotations

from ipaddress import IPv4Network, ip_address

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from etl import fetch
from etl.fetch import FetchError, Policy
from tests.wires import PAGE, PLAIN, PUBLIC, Host, Wires, answer, onward, refused

LOOPBACK = Policy(loopback=True)

#: Refused as they are spelled: no resolver is asked.
MISSPELLED = {
    "no address of the web": [
        *("", "news", "press.example/a.html", "//press.example/", "/etc/passwd", "http:", "http://", "http:///a.html"),
        *("http:press.example", "http:/press.example", "file:///etc/passwd", "file://127.0.0.1/etc/passwd"),
        *("gopher://127.0.0.1:70/_GET", "ftp://press.example/a", "data:text/html,1800家", "jar:http://press.example!/"),
        *("javascript:alert(1)", "dict://127.0.0.1:11211/stats", "ldap://127.0.0.1/", "unix:///run/docker.sock"),
        *("localhost:8501", "view-source:http://127.0.0.1/", "http://press.example:0x50/", "http://press.example:65536/"),
        *("http://press.example:-80/", "http://press.example:80:80/", "http://[::1/", "http://::1/", "http://[127.0.0.1]/"),
        *("http://[::ffff:127.0.0.1]:x/", "http://[v1.fe80::a]/", "http://[::1].press.example/", "http://[0:0:0:0:0:0:0]/"),
        *("http://１２７.０.０.１/", "http://127。0。0。1/", "http://127．0．0．1/", "http://①②⑦.⓪.⓪.①/", "http://１２７。０。０。１/"),
        *("http://ⓛocalhost/", "http://ｌｏｃａｌｈｏｓｔ/", "http://𝟏𝟐𝟕.𝟎.𝟎.𝟏/", "http://127.0.0.%ZZ/"),
        *("http://127.0.0.1%00/", "http://%5B::1%5D/"),
    ],
    "space, a backslash or an invisible character": [
        *("http://press.example\\@127.0.0.1/", "http:\\\\127.0.0.1\\", "http://127.0.0.1\\.press.example/"),
        *("http://press.example/\r\nHost: 127.0.0.1", "http://press.example/ HTTP/1.1", "http://127.0.0.1\t/"),
        *(" http://127.0.0.1/", "http://127.0.0.1\n", "http://local\u200bhost/", "http://127.0.0\u3000.1/"),
        *("http://127.0.0.1\0.press.example/", "http://local\u00adhost/", "java\tscript:http://127.0.0.1/"),
    ],
    "user name or password": [
        *("http://press.example@127.0.0.1/", "http://press.example:80@127.0.0.1/", "http://a:b@press.example/"),
        *("http://127.0.0.1:80@press.example/", "http://a@b@127.0.0.1/", "http://press.example%2f@127.0.0.1/"),
    ],
    "hides a numeric address": [
        *("http://2130706433/", "http://017700000001/", "http://0x7f000001/", "http://0x7F.0.0.1/", "http://0177.0.0.1/"),
        *("http://127.1/", "http://127.0.1/", "http://0/", "http://0.0/", "http://127.0.0.01/", "http://127.0.0.1.0/"),
        *("http://00000177.0.0.0x1/", "http://0x/", "http://2852039166/", "http://0xa9.254.0xa9fe/", "http://169.16689662/"),
        *("http://3232235777/", "http://192.168.257/", "http://127.0.0.256/", "http://134744072/", "http://4294967297/"),
        *("http://press.example.1/", "http://0xa9fea9fe/latest/meta-data/", "http://127.0.0.0x1/", "http://%30x7f.1/"),
        *("http://press.example;127.0.0.1/", "http://press.example,127.0.0.1/", "http://press.example&127.0.0.1/"),
    ],
    "a host that is no name": [
        *("http://[fe80::1%25eth0]/", "http://[fe80::1%eth0]/", "http://[::1%25lo]/"),
        *("http://press.example%2f127.0.0.1/", "http://press.example%20/", "http://.press.example/", "http://press..example/"),
        *("http://press.example../", "http://press.example;a/", "http://press.example,a/", "http://*/"),
        *("http://$(hostname)/", "http://press.example&a/", f"http://{'a' * 64}.example/"),
        f"http://{'a.' * 127}example/",
    ],
    "is longer than": [f"http://press.example/{'a' * 2_000}"],
}  # fmt: skip

#: Addresses that are spelled plainly and lie inside.
INSIDE = (
    "0.0.0.0 0.1.2.3 10.0.0.1 10.255.255.255 100.64.0.1 100.100.100.200 127.0.0.1 127.0.0.53 127.255.255.254 "
    "168.63.129.16 169.254.0.23 169.254.169.254 169.254.170.2 172.16.0.1 172.31.255.255 192.0.0.1 192.0.0.8 192.0.0.192 "
    "192.0.2.1 192.88.99.1 192.168.0.1 192.168.255.255 198.18.0.1 198.19.255.255 198.51.100.1 203.0.113.1 224.0.0.1 "
    "239.255.255.250 240.0.0.1 255.255.255.255 127.0.0.1. "
    "[::] [::1] [0:0:0:0:0:0:0:1] [0000:0000:0000:0000:0000:0000:0000:0001] [::127.0.0.1] [::7f00:1] [::10.0.0.1] "
    "[::ffff:127.0.0.1] [::ffff:7f00:1] [::FFFF:A9FE:A9FE] [0:0:0:0:0:ffff:10.0.0.1] [::ffff:8.8.8.8] "
    "[::ffff:0:127.0.0.1] [64:ff9b::127.0.0.1] [64:ff9b::7f00:1] [64:ff9b::a9fe:a9fe] [64:ff9b::10.0.0.1] "
    "[64:ff9b:1::1] [64:ff9b:1::7f00:1] [100::1] [2001::1] [2001:0:7f00:1::] [2001:0:5ef5:79fb:0:59c:80ff:fffe] "
    "[2001:2::1] [2001:1::1] [2001:10::1] [2001:20::1] [2001:db8::1] [2002:7f00:1::] [2002:a00:1::1] [2002:808:808::1] [3fff::1] [4000::1] "
    "[5f00::1] [fc00::1] [fd00::1] [fd00:ec2::254] [fd20:ce::254] [fe80::1] [fe80::a9fe:a9fe] [febf::1] [fec0::1] "
    "[ff02::1] [ff0e::1] %31%32%37.0.0.1 127%2E0.0.1"
).split()

#: Names that mean something inside.
NAMES = {
    "localhost": ["127.0.0.1"],
    "localhost.": ["127.0.0.1"],
    "LOCALHOST": ["127.0.0.1"],
    "loc%61lhost": ["127.0.0.1"],
    "anything.localhost": ["127.0.0.1"],
    "ip6-localhost": ["::1"],
    "metadata": ["169.254.169.254"],
    "metadata.google.internal": ["169.254.169.254"],
    "metadata.google.internal.": ["fd20:ce::254"],
    "instance-data.ec2.internal": ["fd00:ec2::254"],
    "127.0.0.1.nip.example": ["127.0.0.1"],
    "intranet": ["10.0.0.5"],
    "printer.local": ["192.168.1.9"],
    "scoped.example": ["fe80::1%2"],
    "mapped.example": ["::ffff:127.0.0.1"],
    "translated.example": ["64:ff9b::10.0.0.1"],
    "tunnel.example": ["2002:7f00:1::"],
    "both.example": [PUBLIC, "127.0.0.1"],
    "both-the-other-way.example": ["10.0.0.1", PUBLIC],
    "six-and-four.example": ["2606:2800:220:1::1", PUBLIC, "::1"],
    "内网.example": ["10.0.0.1"],
}
ASCII = {"LOCALHOST": "localhost", "loc%61lhost": "localhost", "内网.example": "xn--v6q792i.example"}

#: Address -> where it leads, and what is asked for there.
OUTSIDE = {
    "http://press.example": (PUBLIC, 80, "/"),
    "https://press.example": (PUBLIC, 443, "/"),
    "HTTPS://Press.Example./a.html": (PUBLIC, 443, "/a.html"),
    "http://press.example:8080/a?b=1#c": (PUBLIC, 8080, "/a?b=1"),
    "https://press.example:8443/": (PUBLIC, 8443, "/"),
    "https://press.example:/": (PUBLIC, 443, "/"),
    "http://press.example:0080/": (PUBLIC, 80, "/"),
    "https://新闻.中国/苏州/人工智能.html?页=1": (
        PUBLIC,
        443,
        "/%E8%8B%8F%E5%B7%9E/%E4%BA%BA%E5%B7%A5%E6%99%BA%E8%83%BD.html?%E9%A1%B5=1",
    ),
    "https://xn--efvy88h.xn--fiqs8s/": (PUBLIC, 443, "/"),
    "http://press.example/a/../b/./c": (PUBLIC, 80, "/b/c"),
    "http://press.example/@127.0.0.1/": (PUBLIC, 80, "/@127.0.0.1/"),
    "http://press.example?@127.0.0.1/": (PUBLIC, 80, "/?@127.0.0.1/"),
    "http://press.example#@127.0.0.1/": (PUBLIC, 80, "/"),
    "http://press.example/?url=http://127.0.0.1/": (PUBLIC, 80, "/?url=http://127.0.0.1/"),
    "http://127.0.0.1.press.example/": (PUBLIC, 80, "/"),
    "http://under_score.press.example/": (PUBLIC, 80, "/"),
    "http://163.com/": (PUBLIC, 80, "/"),
    "http://1.1.1.1/": ("1.1.1.1", 80, "/"),
    "http://172.32.0.1/": ("172.32.0.1", 80, "/"),
    "http://[2606:4700:4700::1111]/": ("2606:4700:4700::1111", 80, "/"),
    "http://[64:ff9b::808:808]/": ("64:ff9b::808:808", 80, "/"),
}


# ------------------------------------------------------------------------------------------------------------- the door
@pytest.mark.parametrize(("fault", "url"), [(fault, url) for fault, urls in MISSPELLED.items() for url in urls])
def test_what_is_not_plainly_spelled_is_refused_before_any_name_is_asked(wires: Wires, fault: str, url: str) -> None:
    with pytest.raises(FetchError, match=fault):
        fetch.fetch(url)

    assert (wires.resolved, wires.tried) == ([], [])


@pytest.mark.parametrize("scheme", ["http", "https"])
@pytest.mark.parametrize("inside", INSIDE)
def test_an_address_inside_is_refused_before_any_connection(wires: Wires, scheme: str, inside: str) -> None:
    assert "is not on the public internet; give a public address" in refused(f"{scheme}://{inside}/latest/meta-data/")
    assert wires.tried == []


@pytest.mark.parametrize("name", NAMES)
def test_a_name_that_leads_inside_even_with_one_of_its_addresses_is_refused(wires: Wires, name: str) -> None:
    wires.names = {ASCII.get(name, name).removesuffix("."): [NAMES[name]]}

    assert "not on the public internet" in refused(f"http://{name}/")
    assert wires.tried == []


@pytest.mark.parametrize("port", [0, 1, 21, 22, 25, 81, 111, 1024, 2375, 3306, 5432, 6379, 8501, 9200, 11211, 65535])
def test_only_the_ports_of_pages_are_asked(wires: Wires, port: int) -> None:
    assert "only 80, 443, 8080, 8443 are asked" in refused(f"http://press.example:{port}/")
    assert (wires.resolved, wires.tried) == ([], [])


@pytest.mark.parametrize("url", OUTSIDE)
def test_a_public_address_is_let_through(wires: Wires, url: str) -> None:
    ip, port, target = OUTSIDE[url]

    assert "nobody is there" in refused(url)
    assert wires.tried == [(ip, port)]
    assert fetch.Address.read(url).target == target


SPELLINGS = [
    "{0}", "0x{0:x}", "0{0:o}", "0x{0:08X}", "{1}.{2}.{3}.{4}", "0{1:o}.0{2:o}.0{3:o}.0{4:o}", "{1}.{2}.{3}.{4}.",
    "0x{1:x}.0x{2:x}.0x{3:x}.0x{4:x}", "{1}.{5}", "{1}.{2}.{6}", "0x{1:x}.{2}.0{6:o}", "00{1:o}.{2}.{3}.{4}",
    "[::ffff:{1}.{2}.{3}.{4}]", "[::{1}.{2}.{3}.{4}]", "[64:ff9b::{1}.{2}.{3}.{4}]", "[2002:{7:x}:{6:x}::]",
    "[::ffff:{7:x}:{6:x}]", "[::ffff:0:{1}.{2}.{3}.{4}]", "[2001:0:{7:x}:{6:x}::]", "%3{8}.{2}.{3}.{4}",
]  # fmt: skip
PRIVATE = [
    IPv4Network(net) for net in ("10.0.0.0/8", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.168.0.0/16")
]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(PRIVATE), st.integers(0, 2**24), st.sampled_from(SPELLINGS))
def test_no_spelling_of_a_private_address_gets_to_a_connection(
    wires: Wires, network: IPv4Network, offset: int, spelling: str
) -> None:
    ip = int(network[offset % network.num_addresses])
    parts = ip.to_bytes(4, "big")
    host = spelling.format(ip, *parts, ip & 0xFFFFFF, ip & 0xFFFF, ip >> 16, parts[0])

    refused(f"http://{host}/")
    assert wires.tried == []


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=40) | st.text("0123456789abcdefx.:[]%@/\\?#_-", max_size=40))
def test_whatever_is_given_as_a_host_ends_in_a_reason(wires: Wires, anything: str) -> None:
    wires.tried.clear()

    assert refused(f"http://{anything}")
    assert all(fetch._is_public(ip_address(ip)) for ip, _ in wires.tried)


def test_a_resolver_is_asked_once_and_the_line_goes_to_what_it_said(wires: Wires, host: Host) -> None:
    wires.names = {"press.example": [[PUBLIC], ["127.0.0.1"]]}
    host.answers = {"/a.html": answer()}

    assert fetch.fetch(PLAIN).content == PAGE
    assert (wires.resolved, wires.tried) == (["press.example"], [(PUBLIC, 80)])


def test_the_next_address_is_tried_where_one_does_not_answer(wires: Wires) -> None:
    wires.names = {"press.example": [["2606:2800:220:1::1", PUBLIC, PUBLIC]]}

    assert "nobody is there" in refused(PLAIN)
    assert wires.tried == [("2606:2800:220:1::1", 80), (PUBLIC, 80)]


def test_an_address_that_does_not_answer_leaves_time_for_the_next(wires: Wires) -> None:
    wires.names = {"press.example": [[PUBLIC, "93.184.215.15", "93.184.215.16"]]}

    refused(PLAIN)
    assert all(0 < seconds <= share for seconds, share in zip(wires.patience, (5, 7.5, 15), strict=True))


def test_a_name_that_nobody_knows_is_said_to_be_so(wires: Wires) -> None:
    wires.names = {"press.example": [[]]}

    assert "Name or service not known" in refused(PLAIN)


@pytest.mark.parametrize(
    ("url", "taken"),
    [
        ("https://press.example/", True),
        ("https://www.press.example/", True),
        ("https://新闻.中国/", True),
        ("https://xn--efvy88h.xn--fiqs8s./", True),
        ("https://1.1.1.1/", True),
        ("https://othrpress.example/", False),
        ("https://press.example.other.example/", False),
        ("https://example/", False),
        ("https://1.1.1.2/", False),
    ],
)
def test_a_list_of_hosts_holds_for_them_and_what_is_below_them(wires: Wires, url: str, *, taken: bool) -> None:
    policy = Policy(allowed=frozenset({"Press.example", "新闻.中国", "1.1.1.1"}))

    assert ("is not among the allowed hosts" in refused(url, policy)) != taken
    assert bool(wires.tried) == taken


def test_an_allowed_host_that_leads_inside_is_refused_all_the_same(wires: Wires) -> None:
    wires.names = {"press.example": [["127.0.0.1"]]}

    assert "not on the public internet" in refused(PLAIN, Policy(allowed=frozenset({"press.example"})))


@pytest.mark.parametrize("elsewhere", [PUBLIC, "10.0.0.1", "169.254.169.254", "192.168.0.1", "0.0.0.0", "[fe80::1]"])
def test_the_switch_of_the_tests_lets_through_loopback_and_nothing_else(wires: Wires, elsewhere: str) -> None:
    with Host({"/": answer()}) as here:
        wires.host = here

        assert fetch.fetch(f"http://127.0.0.1:{here.port}/", LOOPBACK).content == PAGE
        wires.tried.clear()
        refused(f"http://{elsewhere}:{here.port}/", LOOPBACK)
        assert wires.tried == []


# ---------------------------------------------------------------------------------------------------------- redirection
@pytest.mark.parametrize(
    ("location", "fault"),
    [
        ("http://127.0.0.1/", "not on the public internet"),
        ("//169.254.169.254/latest/meta-data/", "not on the public internet"),
        ("http://localhost/", "not on the public internet"),
        ("http://intranet.example/", "not on the public internet"),
        ("http://2130706433/", "hides a numeric address"),
        ("http://press.example:6379/", "only 80, 443"),
        ("http://other.example/", "not among the allowed hosts"),
        ("http://a:b@press.example/", "user name or password"),
        ("http://press.example\\@127.0.0.1/", "a backslash"),
        ("http://press.example /", "a host that is no name"),
        ("file:///etc/passwd", "no address of the web"),
        ("gopher://press.example/", "no address of the web"),
        ("data:text/html,1800", "no address of the web"),
        ("http://[", "no address"),
        ("", "redirected to nowhere"),
    ],
)
@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_goes_through_the_same_door(
    wires: Wires, host: Host, status: int, location: str, fault: str
) -> None:
    wires.names = {"localhost": [["127.0.0.1"]], "intranet.example": [[PUBLIC, "10.0.0.1"]]}
    host.answers = {"/a.html": onward(location, status)}
    policy = Policy(allowed=frozenset("press.example localhost intranet.example 127.0.0.1 169.254.169.254".split()))

    assert fault in refused(PLAIN, policy)
    assert wires.tried == [(PUBLIC, 80)]


def test_a_host_that_moves_inside_between_two_redirects_is_refused(wires: Wires, host: Host) -> None:
    wires.names = {"press.example": [[PUBLIC], ["127.0.0.1"]]}
    host.answers = {"/a.html": onward("/b.html"), "/b.html": answer()}

    assert "not on the public internet" in refused(PLAIN)
    assert host.asked == ["/a.html"]


@pytest.mark.parametrize("onwards", [5, 6])
def test_five_redirects_are_followed_and_no_sixth(host: Host, onwards: int) -> None:
    host.answers.update({f"/{n}": onward(f"/{n + 1}") for n in range(onwards)})
    host.answers[f"/{onwards}"] = answer()

    if onwards == 5:
        assert fetch.fetch("http://press.example/0").url == "http://press.example/5"
    else:
        assert "redirected more than 5 times" in refused("http://press.example/0")
    assert len(host.heads) == 6


def test_a_redirect_to_itself_ends(host: Host) -> None:
    host.answers = {"/a.html": onward("/a.html")}

    assert "redirected more than 5 times" in refused(PLAIN)


def test_a_redirect_may_hold_raw_bytes_as_chinese_hosts_send_them(host: Host) -> None:
    host.answers = {
        "/a.html": onward("/苏州 1.html".encode().decode("latin-1")),
        "/%E8%8B%8F%E5%B7%9E%201.html": onward("/苏.html".encode("gb18030").decode("latin-1")),
        "/%CB%D5.html": answer(),
    }

    assert fetch.fetch(PLAIN).url == "http://press.example/%CB%D5.html"
