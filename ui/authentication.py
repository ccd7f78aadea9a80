"""Access to the pages: open to everybody who reaches the server, unless a login or a password is configured.

A section `[auth]` in `.streamlit/secrets.toml` requires a login by OpenID Connect, as Streamlit documents it, and takes
precedence over a password. PINCITE_PASSWORD_HASH requires the password whose hash was made by
`python -m pincite.ui.authentication`; the password itself is stored nowhere.
"""

import hashlib
import hmac
import ipaddress
import logging
import os
import secrets
import sys
import threading
import time
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from getpass import getpass
from importlib.util import find_spec
from pathlib import Path

import streamlit as st
from streamlit.errors import StreamlitAuthError

from pincite.ingest.errors import BadInput
from pincite.ui.conversation.owner import user_identity
from pincite.ui.escaping import as_markdown

LOGGER = logging.getLogger(__name__)
HASH_VARIABLE = "PINCITE_PASSWORD_HASH"
PASSWORD_GIVEN = "password-given"  # noqa: S105  a key, no password; in the session: whether the password was entered
SCRYPT_COST = (2**15, 8, 1)  # n, r and p: 32 MiB and about 0.1 s for each attempt
MIN_LENGTH = 12  # characters of a password
PAUSE_AFTER_WRONG = 1.0  # seconds, doubled after each wrong password in a row
LONGEST_PAUSE = 30.0  # seconds
ONE_AT_A_TIME = threading.Lock()  # parallel attempts must not multiply the memory used


@dataclass(slots=True)
class WrongPasswords:
    """How many wrong passwords were given since the last right one, by all visitors together."""

    in_a_row: int = 0


WRONG_PASSWORDS = WrongPasswords()


def require_user(login: Mapping[str, object] | None) -> str:
    """Show login or password form and stop the script until access is granted; returns the user's identity.

    It is "" if no login is configured. Raises BadInput for wrong settings, which admit nobody.
    """
    if login is not None:
        return logged_in_user(login)
    stored = os.environ.get(HASH_VARIABLE)
    if stored is not None:  # an empty one was meant to protect, and is refused as no hash
        require_password(stored.strip())
    else:
        warn_if_open(st.get_option("server.address"))
    return ""


def has_access(login: Mapping[str, object] | None) -> bool:
    """Whether access to the pages has been granted."""
    if login is not None:
        return bool(st.user.get("is_logged_in"))
    return os.environ.get(HASH_VARIABLE) is None or bool(st.session_state.get(PASSWORD_GIVEN))


def login_settings() -> Mapping[str, object] | None:
    """The section `[auth]` of the secrets, None if there is none.

    Raises BadInput for unreadable secrets: ignoring them would admit everybody.
    """
    if st.secrets.load_if_toml_exists():
        return st.secrets.get("auth")
    unread = [place for place in st.get_option("secrets.files") if Path(place).exists()]
    if unread:
        raise BadInput(
            f"{unread[0]} cannot be read, so no page is shown: the administrator of this server has to correct it."
        )
    return None


def logged_in_user(login: Mapping[str, object]) -> str:
    """The identity of the logged-in user; otherwise show the login and stop. Raises BadInput."""
    if not st.user.get("is_logged_in"):
        show_login([name for name, value in login.items() if isinstance(value, Mapping) and "client_id" in value])
        st.stop()
    user = st.user.to_dict()
    who = user_identity(user)
    if not who:
        raise BadInput("The identity provider does not say who has logged in: have it send the claim sub.")
    with st.sidebar:
        st.caption(as_markdown(f"Logged in as {user.get('name') or user.get('email') or user.get('sub')}"))
        st.button("Log out", type="tertiary", icon=":material/logout:", key="log-out", on_click=st.logout)
    return who


def show_login(providers: list[str]) -> None:
    """A button for each provider, or a single one. Raises BadInput for incomplete settings."""
    if not find_spec("authlib"):
        raise BadInput(
            "A login is configured, but its package is missing: run pip install 'pincite[login]' on the server."
        )
    st.title("Pincite", anchor=False)
    choices: list[str | None] = [*providers] or [None]
    for provider in choices:
        label = f"Log in with {provider}" if provider else "Log in"
        if st.button(as_markdown(label), type="primary", icon=":material/login:", key=f"log-in-{provider}"):
            try:
                st.login(provider)
            except StreamlitAuthError as error:
                raise BadInput(f"The login is not set up correctly: {error}") from error


def require_password(stored: str) -> None:
    """Ask for the password and stop, until it was entered in this session. Raises BadInput."""
    check_hash(stored)
    if st.session_state.get(PASSWORD_GIVEN):
        return
    st.title("Pincite", anchor=False)
    with st.form("password-form", border=False, width=400):
        given = st.text_input("Password", type="password", autocomplete="current-password", key="password")
        pressed = st.form_submit_button("Open", type="primary")
    if pressed and is_password_of(given, stored):
        st.session_state[PASSWORD_GIVEN] = True
        WRONG_PASSWORDS.in_a_row = 0
        st.rerun()
    if pressed:
        time.sleep(pause_after(WRONG_PASSWORDS.in_a_row))
        WRONG_PASSWORDS.in_a_row += 1
        st.error("That is not the password.")
    st.stop()


def pause_after(wrong: int) -> float:
    """Seconds to wait after a wrong password that follows others in a row.

    >>> pause_after(0), pause_after(3), pause_after(1000)
    (1.0, 8.0, 30.0)
    """
    return min(PAUSE_AFTER_WRONG * 2.0 ** min(wrong, 10), LONGEST_PAUSE)


def password_hash(password: str) -> str:
    """The hash of a password: `scrypt:n:r:p:salt:key`, the last two in hexadecimal digits."""
    salt = secrets.token_bytes(16)
    return ":".join(("scrypt", *map(str, SCRYPT_COST), salt.hex(), key_of(password, salt, *SCRYPT_COST).hex()))


def is_password_of(password: str, stored: str) -> bool:
    """Whether a hash was made from this password, compared in constant time.

    >>> stored = password_hash("correct horse battery")
    >>> is_password_of("correct horse battery", stored), is_password_of("wrong horse", stored)
    (True, False)
    """
    _, n, r, p, salt, key = stored.split(":")
    with ONE_AT_A_TIME:
        made = key_of(password, bytes.fromhex(salt), int(n), int(r), int(p))
    return hmac.compare_digest(made, bytes.fromhex(key))


def key_of(password: str, salt: bytes, n: int, r: int, p: int) -> bytes:
    """The scrypt key (RFC 7914) of a password after Unicode normalisation."""
    written = unicodedata.normalize("NFC", password).encode()
    return hashlib.scrypt(written, salt=salt, n=n, r=r, p=p, maxmem=256 * n * r * p, dklen=32)


def check_hash(stored: str) -> None:
    """Raise BadInput for anything that is not a hash."""
    try:
        name, n, r, p, salt, key = stored.split(":")
        sound = name == "scrypt" and min(int(n), int(r), int(p)) > 0 and bytes.fromhex(salt) and bytes.fromhex(key)
    except ValueError:
        sound = False
    if not sound:
        raise BadInput(
            f"{HASH_VARIABLE} is not a valid hash, so no page is shown. "
            "Make one with python -m pincite.ui.authentication."
        )


@st.cache_resource(show_spinner=False)
def warn_if_open(address: str | None) -> None:
    """Log a warning, once, if others can reach the server and no login or password is required."""
    if not is_loopback(address):
        LOGGER.warning(
            "Pincite listens at %s without login or password: anybody who reaches this machine can read the library. "
            "Set %s, or [auth] in .streamlit/secrets.toml, or --server.address 127.0.0.1.",
            address or "every address of this machine",
            HASH_VARIABLE,
        )


def is_loopback(address: str | None) -> bool:
    """Whether an address is reachable only from this machine.

    >>> is_loopback("127.0.0.1"), is_loopback("localhost"), is_loopback("0.0.0.0"), is_loopback(None)
    (True, True, False, False)
    """
    try:
        return address == "localhost" or ipaddress.ip_address(address or "").is_loopback
    except ValueError:
        return bool(address and address.startswith("unix:"))


def main() -> None:
    """Ask for a password twice and print its hash."""
    password = getpass("Password: ")
    if len(password) < MIN_LENGTH:
        sys.exit(f"A password needs at least {MIN_LENGTH} characters: choose a longer one.")
    if getpass("Again: ") != password:
        sys.exit("The passwords differ: start again.")
    sys.stdout.write(f"{HASH_VARIABLE}={password_hash(password)}\n")


if __name__ == "__main__":
    main()
