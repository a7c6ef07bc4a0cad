"""The life of a request: statuses, who may do what, the table of moves. No database access but roles."""
