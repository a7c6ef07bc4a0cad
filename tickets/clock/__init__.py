"""The legal clock: days computed from days. No database, no clock inside, nothing of Django.

Whoever calls gives every date, already a day of Paris (`teledemande.paris.paris_day`); the same facts always
give the same answer. Words and forms are in `tickets.calculator`.
"""
