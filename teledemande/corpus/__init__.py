"""An invented corpus of requests, as large as wanted: to measure, to try a migration, to train people.

    themes.py    what may be asked, and who handles it
    people.py    who asks, who handles
    hours.py     when people write and when staff works
    plots.py     the moves of a request, by which part, and when
    telling.py   the same as the table of moves has them: before, after, the state at the end
    prose.py     the words of it all (words.yaml); answers.py and files.py: the form and its pieces
    rows.py      a story as rows of every table; mails.py: those of the outbox
    writing.py   many rows at once

**It writes around the services**, in bulk: playing each move would take weeks. What the services guarantee
is therefore imitated here, and tests/teledemande/corpus proves it on what was written: every constraint, the
table of moves replayed event by event, the documents of the search, the pages. Nothing else may write so.

It differs from the real thing in three ways: files have no content (only what the database knows of them);
mails go to the requester and to the handler in charge, not to the whole team; their text is short.
"""
