"""A child that does whatever it is asked, the worst included: `python -m tests.misbehaving`."""

import os
import time
from pathlib import Path

from etl.confined import serve


def answer(request: bytes) -> bytes:
    """Do what a bad parser might."""
    word, _, rest = request.decode().partition(" ")
    if word == "sleep":
        time.sleep(60)
    elif word == "crash":
        os.abort()
    elif word == "fill":
        _ = b"x" * 600_000_000
    elif word == "write":
        Path(rest).write_bytes(b"x" * 100_000)
    elif word == "fail":
        raise ValueError(word)
    elif word == "environment":
        return repr(sorted(os.environ)).encode()
    return f"{word} {os.getppid()}".encode()


if __name__ == "__main__":
    serve(answer)
