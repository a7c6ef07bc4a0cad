"""Signing in through the university's CAS server (protocol 3), and out of it.

django-cas-ng gives the client, the service address and the table of tickets; its views and its backend
are not used (open redirect, attributes written into the user, failures as errors 500; see the tests).
"""
