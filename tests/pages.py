"""A way to open a page without a browser, and to see what it says."""

import re
from html import unescape
from pathlib import Path

from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from dashboard.views import indicator

APP = str(Path(__file__).parent.parent / "dashboard" / "app.py")
PAGES = ("", "indicator", "compare", "targets", "articles", "data", "review", "about")
indicator.PAUSE_NEW = 0.0  # nobody draws the chart here


def visit(room: str = "", **address: str) -> AppTest:
    """Open a page at an address."""
    app = AppTest.from_file(APP, default_timeout=30)
    if room:
        app._page_hash = calc_hash(room)
    for name, value in address.items():
        app.query_params[name] = value
    app.run()
    assert not app.exception, app.exception[0].message
    return app


def seen(app: AppTest) -> str:
    """The HTML of a page, without its style."""
    return "\n".join(piece.proto.body for piece in app.get("html") if not piece.proto.body.startswith("<style>"))


def words(app: AppTest) -> str:
    """What a page says, without mark-up."""
    return unescape(re.sub(r"<[^>]*>", " ", seen(app)))


def value(app: AppTest, name: str) -> str:
    """A value of the address after the run."""
    found = app.query_params.get(name, [""])
    return found if isinstance(found, str) else ",".join(found)
