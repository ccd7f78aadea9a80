"""Whose conversations are shown: a user who is logged in, or else a browser, known by a cookie that nobody can guess.

Without a login the browser stands for its user: its conversations are there again tomorrow and in another tab, and
another browser, or a private window, does not see them. The cookie never leaves this server, and says nothing.
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
DAYS = 400  # as long as browsers keep a cookie; each visit begins them anew
OWNER = "owner"  # in the session: the token of the browser
VARIABLE = "PINCITE_CONVERSATIONS"
FOLDER = "conversations"  # in the index folder


def conversations_folder(index: Path, given: Path | None = None) -> Path:
    """Where conversations are kept: the folder that is named, by option or in the environment, or one in the index."""
    named = given or os.environ.get(VARIABLE)
    return Path(named).expanduser() if named else index / FOLDER


def folder_of_user(conversations: Path) -> Path:
    """The folder of whoever looks at the page; its name gives away neither who it is nor the cookie."""
    who = identity_of(st.user.to_dict()) or f"browser {token_of_browser()}"
    return conversations / sha256(who.encode()).hexdigest()[:32]


def identity_of(user: Mapping[str, Any]) -> str | None:
    """What stands for a user, None for one who is not logged in.

    >>> identity_of({"is_logged_in": True, "iss": "https://id.example", "sub": "17", "email": "a@b.example"})
    'login https://id.example 17'
    >>> identity_of({"email": "a@b.example"})
    """
    if not user.get("is_logged_in"):
        return None
    known = user.get("sub") or user.get("email")
    return f"login {user.get('iss', '')} {known}" if known else None


def token_of_browser() -> str:
    """The token of this browser: from its cookie, or a new one."""
    given = str(st.context.cookies.get(COOKIE))
    token: str = st.session_state.setdefault(OWNER, given if TOKEN.fullmatch(given) else token_urlsafe(32))
    return token


def remembering() -> str:
    """The script that has the browser keep its token, which is all that enters it: letters, digits, - and _."""
    token = token_of_browser()
    said = f"{COOKIE}={token}; path=/; max-age={DAYS * 24 * 3600}; samesite=strict"
    secure = 'location.protocol === "https:" ? "; secure" : ""'
    return f"document.cookie = '{said}' + ({secure});"
