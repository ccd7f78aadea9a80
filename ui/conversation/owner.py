"""Identifies the owner of conversations: the logged-in user, else the browser, by a random cookie.

Without a login, conversations belong to the browser: they are there again tomorrow and in another tab, but not in
another browser or a private window. The cookie is sent only to this server and contains nothing but a random token.
"""

import os
import re
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from secrets import token_urlsafe
from typing import Any

import streamlit as st

COOKIE = "pincite"
TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")
DAYS = 400  # the longest that browsers keep a cookie; renewed by each visit
OWNER = "owner"  # in the session: the token of the browser
VARIABLE = "PINCITE_CONVERSATIONS"
FOLDER = "conversations"  # in the index folder


def conversations_folder(index: Path, given: Path | None = None) -> Path:
    """The folder of conversations: from the option, the environment, or in the index folder."""
    named = given or os.environ.get(VARIABLE)
    return Path(named).expanduser() if named else index / FOLDER


def folder_of_user(conversations: Path) -> Path:
    """The folder of the current user; its name reveals neither the user nor the cookie."""
    who = user_identity(st.user.to_dict()) or f"browser {browser_token()}"
    return conversations / sha256(who.encode()).hexdigest()[:32]


def user_identity(user: Mapping[str, Any]) -> str | None:
    """The identity of a user, None if not logged in.

    >>> user_identity({"is_logged_in": True, "iss": "https://id.example", "sub": "17", "email": "a@b.example"})
    'login https://id.example 17'
    >>> user_identity({"email": "a@b.example"})
    """
    if not user.get("is_logged_in"):
        return None
    known = user.get("sub") or user.get("email")
    return f"login {user.get('iss', '')} {known}" if known else None


def browser_token() -> str:
    """The token of this browser, from its cookie or new."""
    given = str(st.context.cookies.get(COOKIE))
    token: str = st.session_state.setdefault(OWNER, given if TOKEN.fullmatch(given) else token_urlsafe(32))
    return token


def cookie_script() -> str:
    """A script that sets the cookie; only the token is inserted: letters, digits, - and _."""
    token = browser_token()
    said = f"{COOKIE}={token}; path=/; max-age={DAYS * 24 * 3600}; samesite=strict"
    secure = 'location.protocol === "https:" ? "; secure" : ""'
    return f"document.cookie = '{said}' + ({secure});"
