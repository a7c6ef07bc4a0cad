"""The requester's pages. A view reads by `visible_to`, checks by a form, calls one service, redirects."""
