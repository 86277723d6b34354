"""Who may ask for what."""

from __future__ import annotations

import socket

import pytest
import requests

from servers import start_bench

pytestmark = pytest.mark.slow


def status(url, method="POST", **headers):
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return requests.request(
        method, url, json={"text": "请县水利局制定方案。"}, headers=named, timeout=60
    ).status_code


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ({}, 200),
        ({"Host": "evil.example"}, 421),
        ({"Host": "127.0.0.1.evil.example"}, 421),
        ({"Origin": "http://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Sec_Fetch_Site": "cross-site"}, 403),
        ({"Sec_Fetch_Site": "same-site"}, 403),
        ({"Cookie": "reader=x"}, 403),
        ({"Sec_Fetch_Site": "same-origin"}, 403),
    ],
)
def test_other_sites_and_names_are_refused(client, headers, expected):
    assert status(f"{client.url}/api/extract", **headers) == expected


def test_a_page_of_ours_may_with_its_mark(client):
    page = requests.get(client.url, timeout=60).text
    mark = page.partition('name="csrf" content="')[2].partition('"')[0]
    headers = {"Origin": client.url, "Cookie": "reader=x", "X_CSRF": mark}
    assert status(f"{client.url}/api/extract", **headers) == 200
    assert status(f"{client.url}/api/extract", **{**headers, "X_CSRF": mark[:-1]}) == 403


@pytest.mark.parametrize(
    "name",
    ["../secret.txt", "/etc/passwd", "..\\secret.txt", "link.txt", "", None, "nothing.txt", ["a"]],
)
def test_only_texts_of_the_folder_are_read(tmp_path, name):
    (tmp_path / "secret.txt").write_text("请县水利局制定方案。", encoding="utf-8")
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "speech.txt").write_text("请县水利局制定方案。", encoding="utf-8")
    (folder / "link.txt").symlink_to(tmp_path / "secret.txt")
    from speechmine.workbench.bench import Bench
    from speechmine.workbench.settings import Settings

    bench = Bench(Settings(store="", folder=folder), None, None, None, "")
    assert list(bench.files()) == ["speech.txt"]
    assert name not in list(bench.files())


@pytest.fixture(scope="module")
def locked(tmp_path_factory):
    server = start_bench(
        tmp_path_factory.mktemp("locked"),
        *("--host", "0.0.0.0"),  # noqa: S104
        SPEECHMINE_SERVE_TOKEN="0123456789abcdef0123",
        SPEECHMINE_MAX_FILE_MB="1",
    )
    port = server.url.rpartition(":")[2]
    yield f"http://127.0.0.1:{port}"
    server.kill()


def test_beyond_loopback_a_token_is_asked_for(locked):
    token = "0123456789abcdef0123"
    assert requests.get(locked, timeout=60).status_code == 401
    assert requests.get(f"{locked}/static/bench.js", timeout=60).status_code == 401
    assert status(f"{locked}/api/extract") == 401
    assert status(f"{locked}/api/extract", Authorization="Bearer wrong") == 401
    assert status(f"{locked}/api/extract", Authorization=f"Bearer {token}") == 200
    session = requests.Session()
    page = session.get(f"{locked}//evil.example/?token={token}", timeout=60, allow_redirects=False)
    assert page.headers["location"].startswith("/evil.example")
    cookie = page.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Strict" in cookie
    assert session.get(locked, timeout=60).status_code == 200


def test_what_is_too_large_is_refused_in_whole_and_in_pieces(locked):
    headers = {"Authorization": "Bearer 0123456789abcdef0123"}
    large = "好" * 500_000
    answer = requests.post(
        f"{locked}/api/extract", json={"text": large}, headers=headers, timeout=60
    )
    assert answer.status_code == 413
    assert "SPEECHMINE_MAX_FILE_MB" in answer.json()["detail"]
    pieces = (b'{"text": "', *[b"a" * 100_000] * 20, b'"}')
    answer = requests.post(f"{locked}/api/extract", data=iter(pieces), headers=headers, timeout=60)
    assert answer.status_code == 413


def test_what_is_no_http_ends_quietly(client):
    host, port = client.url.rpartition("/")[2].split(":")
    with socket.create_connection((host, int(port)), timeout=20) as line:
        line.sendall(b"\x16\x03\x01\x02\x00\x01" * 40)
        assert b"400" in line.recv(200)
    assert requests.get(client.url, timeout=60).ok


def test_every_answer_says_what_may_run(client):
    key = client.add()
    for path in ("/", f"/texts/{key}", f"/texts/{key}/export/html", "/api/texts", "/nothing"):
        headers = requests.get(client.url + path, timeout=60).headers
        assert "unsafe" not in headers["content-security-policy"]
        assert "default-src 'none'" in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"
    page = requests.get(f"{client.url}/texts/{key}/export/html", timeout=60)
    assert page.headers["content-disposition"].startswith("attachment")
