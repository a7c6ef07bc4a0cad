"""`make bench`: our pages beside a floor, on PostgreSQL, served as in production.

    python -m tests.bench [--tickets "1000 100000"] [--seconds 6] [--requests 3000] [--json FILE]

The floor of a page is a bare Django view that asks the same of the database and shows it with a small
template (floor.py): nothing served by Django goes faster. Both are served by the same processes, through the
same middleware, and asked in turn, so that what else the machine does weighs on both: read the ratios, not
the pages per second. The floor is only in the addresses of the bench (urls.py).

    stage.py   PostgreSQL, Redis, the corpus, gunicorn       pages.py   what is asked, of whom
    people.py  sessions and forms, without logging in        load.py    eight connections that ask
    report.py  the table, the JSON, the goals
"""
