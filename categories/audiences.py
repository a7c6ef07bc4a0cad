"""To which publics a person belongs: asked by whatever is meant for some and not for others."""

from categories.enums import Audience

# eduPersonAffiliation (eduPerson, and SupAnn for the French values). « member » tells nothing of which.
_OF_AFFILIATION = {
    "student": Audience.STUDENT,
    "employee": Audience.STAFF,
    "staff": Audience.STAFF,
    "faculty": Audience.STAFF,
    "teacher": Audience.STAFF,
    "researcher": Audience.STAFF,
    "emeritus": Audience.STAFF,
    "retired": Audience.OUTSIDER,
    "alum": Audience.OUTSIDER,
    "affiliate": Audience.OUTSIDER,
    "library-walk-in": Audience.OUTSIDER,
    "registered-reader": Audience.OUTSIDER,
}
_OF_BODY = {"company": Audience.COMPANY, "association": Audience.ASSOCIATION}


def audiences_of(user) -> frozenset[Audience]:
    """Return the publics `user` belongs to; none when nobody is signed in.

    Somebody from CAS of whom we know no affiliation counts as student and as staff: the university may not
    say, and that must hide nothing from her. Who writes for a body keeps what she is herself. No query.
    """
    if not user.is_authenticated:
        return frozenset()
    body = {_OF_BODY[user.body_kind]} if user.body_kind in _OF_BODY else set()
    return frozenset(_as_person(user) | body)


def _as_person(user):
    if not user.is_cas:
        return {Audience.OUTSIDER}
    words = {str(word).lower() for word in user.affiliations}
    known = {_OF_AFFILIATION[word] for word in words if word in _OF_AFFILIATION}
    return known or {Audience.STUDENT, Audience.STAFF}
