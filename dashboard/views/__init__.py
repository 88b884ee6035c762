"""The rooms: one module each, with one function `show(visit)` that draws the page from top to bottom."""
