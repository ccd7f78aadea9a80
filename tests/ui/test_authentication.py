"""Who sees the pages: all, whoever knows the password, or whoever is logged in; what is set up badly lets nobody in."""

import logging
import subprocess
import sys
import time
from importlib.util import find_spec
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from pincite.ui.authentication import PAUSE_AFTER_WRONG, is_loopback, is_password_of, password_hash, warn_if_open
from support.paged import press

ROOT = Path(__file__).parents[2]
PASSWORD = "a long enough password"  # noqa: S105  of this test alone
HASH_VARIABLE = "PINCITE_PASSWORD_HASH"
LOGIN = {"auth": {"redirect_uri": "http://localhost/oauth2callback", "cookie_secret": "c" * 32, "client_id": "p"}}


def page() -> None:
    import streamlit  # noqa: PLC0415  the page's body is run alone

    from pincite.ui.authentication import login_settings, require_user  # noqa: PLC0415  the same
    from pincite.ui.error_boundary import show_guarded  # noqa: PLC0415  the same

    show_guarded(lambda: streamlit.write(f"in as <{require_user(login_settings())}>"))


def opened() -> AppTest:
    return AppTest.from_function(page, default_timeout=60)


def said(app: AppTest) -> list[str]:
    assert not app.exception
    return [element.value.replace("\\", "") for element in (*app.markdown, *app.error)]


def test_nothing_is_asked_unless_it_is_set_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(HASH_VARIABLE, raising=False)
    assert said(opened().run()) == ["in as <>"]


def test_password_opens_the_pages_and_a_wrong_one_takes_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(HASH_VARIABLE, password_hash(PASSWORD))
    app = opened().run()
    assert said(app) == []
    began = time.monotonic()
    app.text_input("password").set_value("another")
    press(app, "Open")
    assert time.monotonic() - began > PAUSE_AFTER_WRONG
    assert said(app) == ["That is not the password."]
    app.text_input("password").set_value(PASSWORD)
    press(app, "Open")
    assert said(app) == ["in as <>"]
    assert said(app.run()) == ["in as <>"]
    assert said(opened().run()) == []


@pytest.mark.parametrize("stored", ["", "secret", "scrypt:1:2:3:xx:yy", "scrypt:32768:8:1::", "md5:1:1:1:aa:bb"])
def test_what_is_no_hash_lets_nobody_in(monkeypatch: pytest.MonkeyPatch, stored: str) -> None:
    monkeypatch.setenv(HASH_VARIABLE, stored)
    assert said(opened().run())[0].startswith(f"{HASH_VARIABLE} is not a valid hash")


def test_hashes_are_salted_and_the_same_however_signs_are_composed() -> None:
    assert password_hash(PASSWORD) != password_hash(PASSWORD)
    assert PASSWORD not in password_hash(PASSWORD)
    assert is_password_of("e\u0301clair au chocolat", password_hash("\u00e9clair au chocolat"))
    assert not is_password_of("", password_hash(PASSWORD))


def test_whoever_is_logged_in_is_known_by_issuer_and_subject() -> None:
    app = opened()
    app.secrets.update(LOGIN)
    app.user = {"is_logged_in": True, "iss": "https://id.example", "sub": "17", "name": "Ada [x](y)"}
    assert said(app.run())[-1] == "in as <login https://id.example 17>"
    assert app.sidebar.caption[0].value.replace("\\", "") == "Logged in as Ada [x](y)"
    press(app, "Log out")
    assert "in as" not in " ".join(said(app))


def test_identity_without_a_subject_lets_nobody_in() -> None:
    app = opened()
    app.secrets.update(LOGIN)
    app.user = {"is_logged_in": True}
    assert said(app.run()) == ["The identity provider does not say who has logged in: have it send the claim sub."]


def test_login_goes_before_a_password_and_its_package_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(HASH_VARIABLE, password_hash(PASSWORD))
    app = opened()
    app.secrets.update(LOGIN)
    app.user = {"is_logged_in": False}
    app.run()
    assert not app.text_input
    if find_spec("authlib"):
        assert [button.label for button in app.button] == ["Log in"]
        assert said(app) == []
    else:
        assert "pip install 'pincite[login]'" in said(app)[0]


def test_secrets_that_cannot_be_read_let_nobody_in(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "secrets.toml").write_text("[auth\n", encoding="utf-8")
    before = st.get_option("secrets.files")
    st.config.set_option("secrets.files", [str(tmp_path / "secrets.toml")])
    monkeypatch.delenv(HASH_VARIABLE, raising=False)
    try:
        assert "cannot be read, so no page is shown" in said(opened().run())[0]
    finally:
        st.config.set_option("secrets.files", before)


@pytest.mark.parametrize("address", [None, "0.0.0.0", "::", "192.0.2.7", "example.org"])  # noqa: S104  what is warned of
def test_open_server_is_warned_of_once(address: str | None, caplog: pytest.LogCaptureFixture) -> None:
    st.cache_resource.clear()
    with caplog.at_level(logging.WARNING, logger="pincite.ui.authentication"):
        for _ in range(2):
            warn_if_open(address)
        warn_if_open("127.0.0.1")
    assert [
        HASH_VARIABLE in record.getMessage() for record in caplog.records if record.name == "pincite.ui.authentication"
    ] == [True]


def test_loopback_is_told_from_what_others_reach() -> None:
    assert [is_loopback(one) for one in ("::1", "127.9.9.9", "unix:///run/p.sock", "::", "")] == [
        True, True, True, False, False
    ]  # fmt: skip


def made(*typed: str) -> subprocess.CompletedProcess[str]:
    command = [
        sys.executable,
        "-m",
        "pincite.ui.authentication",
    ]  # without a terminal, what is typed comes from standard input
    said = "\n".join(typed) + "\n"
    return subprocess.run(
        command, input=said, capture_output=True, text=True, cwd=ROOT, start_new_session=True, check=False
    )


def test_hash_is_made_of_what_is_typed_twice() -> None:
    done = made(PASSWORD, PASSWORD)
    stored = done.stdout.split(f"{HASH_VARIABLE}=")[1].strip()
    assert is_password_of(PASSWORD, stored)
    assert PASSWORD not in done.stdout
    assert "The passwords differ" in made(PASSWORD, PASSWORD + "!").stderr
    assert "at least 12" in made("short").stderr
