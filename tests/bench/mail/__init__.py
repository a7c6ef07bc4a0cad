"""`make bench-mail`: the outbox on PostgreSQL, Redis and a real SMTP server, with real Celery workers.

    python -m tests.bench.mail [faults outage web throughput memory backlog] [--notifications 10000] …

    stage.py       the servers, the workers, who writes and who is told
    faults.py      workers, parents and Redis killed, a server in a mood
    outage.py      Redis and the SMTP server stopped, then back
    judging.py     what arrived of it all
    web.py         the page that changes a state, whatever is down
    throughput.py  beside a bare loop of smtplib; the memory of a worker
    backlog.py     claims among many mails that are due
    report.py      the table, the last line

tests/faults/test_mail_faults.py runs the first two scenarios at their smallest in `make test`.
"""
