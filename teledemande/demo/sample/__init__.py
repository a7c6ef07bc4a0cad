"""The living sample of the demonstration: invented people, and requests they made in the last months.

Data: `people.yaml`, `scenarios/*.yaml`, `drafts.yaml`, `opinions.yaml`, `canned.yaml`, `desk.yaml`, `files/`.
Requests are typed in the real forms of their themes, which may refuse them, and go through the real services,
so that events, mails and search documents are real; only the instants are told.
"""
