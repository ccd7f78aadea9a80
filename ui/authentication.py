"""Who sees the pages: everybody who reaches the server, unless it asks for a login or a password.

A section `[auth]` in `.streamlit/secrets.toml` asks for a login by OpenID Connect, as Streamlit describes it, and goes
before a password. PINCITE_PASSWORD_HASH in the environment asks for the password that it was made of by
`python -m pincite.ui.authentication`; the password itself stands nowhere.
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
from getpass import getpass
from importlib.util import find_spec
from pathlib import Path

import streamlit as st
from streamlit.errors import StreamlitAuthError

from pincite.ingest.errors import BadInput
from pincite.ui.conversation.owner import identity_of
from pincite.ui.escaping import as_markdown

LOGGER = logging.getLogger(__name__)
HASH = "PINCITE_PASSWORD_HASH"
KNOWN = "password-given"  # in the session: whether the password was given
COST = (2**15, 8, 1)  # n, r and p of scrypt: 32 MiB and about a tenth of a second for each attempt
SHORTEST = 12  # signs of a password
PAUSE = 1.0  # seconds after a wrong one
ONE_AT_A_TIME = threading.Lock()  # many attempts at once must not take the memory of many


def require_user(login: Mapping[str, object] | None) -> str:
    """Draw the way in, and end the run of the script, until whoever looks may see the pages; then who it is.

    That is what stands for a user who is logged in, "" where nobody logs in. Raises BadInput for settings that are
    wrong: they let nobody in.
    """
    stored = os.environ.get(HASH, "").strip()
    if login is not None:
        return logged_in(login)
    if stored:
        require_password(stored)
    else:
        warn_if_open(st.get_option("server.address"))
    return ""


def is_let_in(login: Mapping[str, object] | None) -> bool:
    """Whether whoever looks may see the pages already."""
    if login is not None:
        return bool(st.user.get("is_logged_in"))
    return not os.environ.get(HASH, "").strip() or bool(st.session_state.get(KNOWN))


def login_settings() -> Mapping[str, object] | None:
    """The section `[auth]` of the secrets, None where there is none.

    Raises BadInput for secrets that cannot be read: as if there were none, they would let everybody in.
    """
    if st.secrets.load_if_toml_exists():
        return st.secrets.get("auth")
    unread = [place for place in st.get_option("secrets.files") if Path(place).exists()]
    if unread:
        raise BadInput(
            f"{unread[0]} cannot be read, so that no page is shown: whoever runs this server has to mend it."
        )
    return None


def logged_in(login: Mapping[str, object]) -> str:
    """Who is logged in; the way to do so, and the end of the run, where nobody is. Raises BadInput."""
    if not st.user.get("is_logged_in"):
        show_login([name for name, value in login.items() if isinstance(value, Mapping) and "client_id" in value])
        st.stop()
    user = st.user.to_dict()
    who = identity_of(user)
    if not who:
        raise BadInput("The identity provider does not say who has logged in: have it send the claim sub.")
    with st.sidebar:
        st.caption(as_markdown(f"Logged in as {user.get('name') or user.get('email') or user.get('sub')}"))
        st.button("Log out", type="tertiary", icon=":material/logout:", key="log-out", on_click=st.logout)
    return who


def show_login(providers: list[str]) -> None:
    """A button for each provider; one where none has a name. Raises BadInput for settings without what they need."""
    if not find_spec("authlib"):
        raise BadInput(
            "A login is asked for, but its package is missing: run pip install 'pincite[login]' on the server."
        )
    st.title("Pincite", anchor=False)
    choices: list[str | None] = [*providers] or [None]
    for provider in choices:
        label = f"Log in with {provider}" if provider else "Log in"
        if st.button(as_markdown(label), type="primary", icon=":material/login:", key=f"log-in-{provider}"):
            try:
                st.login(provider)
            except StreamlitAuthError as error:
                raise BadInput(f"Nobody can log in as it is set up: {error}") from error


def require_password(stored: str) -> None:
    """Ask for the password, and end the run, until it was given in this window. Raises BadInput."""
    check_form(stored)
    if st.session_state.get(KNOWN):
        return
    st.title("Pincite", anchor=False)
    with st.form("password-form", border=False, width=400):
        given = st.text_input("Password", type="password", autocomplete="current-password", key="password")
        pressed = st.form_submit_button("Open", type="primary")
    if pressed and matches(given, stored):
        st.session_state[KNOWN] = True
        st.rerun()
    if pressed:
        time.sleep(PAUSE)
        st.error("That is not the password.")
    st.stop()


def hashed(password: str) -> str:
    """A password as it is kept: `scrypt:n:r:p:salt:key`, the last two in hexadecimal digits."""
    salt = secrets.token_bytes(16)
    return ":".join(("scrypt", *map(str, COST), salt.hex(), key_of(password, salt, *COST).hex()))


def matches(password: str, stored: str) -> bool:
    """Whether a hash was made of a password; how long that takes tells nothing of it.

    >>> stored = hashed("correct horse battery")
    >>> matches("correct horse battery", stored), matches("wrong horse", stored)
    (True, False)
    """
    _, n, r, p, salt, key = stored.split(":")
    with ONE_AT_A_TIME:
        made = key_of(password, bytes.fromhex(salt), int(n), int(r), int(p))
    return hmac.compare_digest(made, bytes.fromhex(key))


def key_of(password: str, salt: bytes, n: int, r: int, p: int) -> bytes:
    """What scrypt (RFC 7914) makes of a password, the same for signs that keyboards compose in different ways."""
    written = unicodedata.normalize("NFC", password).encode()
    return hashlib.scrypt(written, salt=salt, n=n, r=r, p=p, maxmem=256 * n * r * p, dklen=32)


def check_form(stored: str) -> None:
    """Raise BadInput for what is no hash."""
    try:
        name, n, r, p, salt, key = stored.split(":")
        sound = name == "scrypt" and min(int(n), int(r), int(p)) > 0 and bytes.fromhex(salt) and bytes.fromhex(key)
    except ValueError:
        sound = False
    if not sound:
        raise BadInput(f"{HASH} holds no hash, so no page is shown. Make one with python -m pincite.ui.authentication.")


@st.cache_resource(show_spinner=False)
def warn_if_open(address: str | None) -> None:
    """Tell whoever runs the server, once, when others can reach it and nothing asks who they are."""
    if not is_loopback(address):
        LOGGER.warning(
            "Pincite listens at %s without login or password, so that whoever reaches this machine reads the library: "
            "set %s, or [auth] in .streamlit/secrets.toml, or --server.address 127.0.0.1.",
            address or "every address of this machine",
            HASH,
        )


def is_loopback(address: str | None) -> bool:
    """Whether only this machine reaches an address.

    >>> is_loopback("127.0.0.1"), is_loopback("localhost"), is_loopback("0.0.0.0"), is_loopback(None)
    (True, True, False, False)
    """
    try:
        return address == "localhost" or ipaddress.ip_address(address or "").is_loopback
    except ValueError:
        return bool(address and address.startswith("unix:"))


def main() -> None:
    """Ask for a password, twice, and print its hash."""
    password = getpass("Password: ")
    if len(password) < SHORTEST:
        sys.exit(f"A password has at least {SHORTEST} signs: choose a longer one.")
    if getpass("Again: ") != password:
        sys.exit("These are two different passwords: begin again.")
    sys.stdout.write(f"{HASH}={hashed(password)}\n")


if __name__ == "__main__":
    main()
