"""The pages: a build of the database goes in, what a reader sees comes out.

Start with `app.py` (one run of the script), then `views/` (one module a room). Below them, each ignorant of those above:
`charts` and `fragments` draw, `queries` holds every SELECT, `series` decides what is drawn and joined, `address` keeps the
state in the URL, `marks` and `palette` say how things look, `spoken` and `wording` how they are said, `builds` opens a build.
"""
