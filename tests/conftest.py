"""What all tests share: how many examples a random test draws.

`make test` draws the same hundred each time, so that it says the same thing twice; `make soak` draws new ones by
the thousand.
"""

from hypothesis import settings

settings.register_profile("test", derandomize=True, max_examples=100, deadline=None)
settings.register_profile("soak", max_examples=5_000, deadline=None)
settings.load_profile("test")
