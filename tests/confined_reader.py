"""The whole reading of a text, run as a child with the limits of `etl.confined`: `python -m tests.confined_reader`.

A request is a kind and, after a line end, a file's bytes; the answer says what came of them.
"""

import traceback
from pathlib import Path

from etl import documents, pipeline
from etl.catalogue import Catalogue
from etl.confined import serve
from etl.errors import InputError
from etl.model import Article

CATALOGUE = Catalogue.load(Path(__file__).parent.parent / "metrics.yaml")


def answer(request: bytes) -> bytes:
    """``read``, ``refused``, or the traceback of an exception that should not be."""
    kind, _, content = request.partition(b"\n")
    try:
        raw = documents.text(content, kind.decode(), "a file")
        pipeline.read_article(Article("a", "a.txt", raw, ""), CATALOGUE)
    except InputError:
        return b"refused"
    except Exception:  # noqa: BLE001  what it was is for the test to show
        return traceback.format_exc().encode()
    return b"read"


if __name__ == "__main__":
    answer("txt\n苏州市2024年人工智能企业超1800家。蘇州工業園區產業".encode())  # loads what is loaded when first needed
    serve(answer)
