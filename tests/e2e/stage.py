"""One browser and one service for the whole session; a context for each person."""

from tests.e2e.actors import AT_ONCE, PERSONAS, Person, cookies_of
from tests.e2e.looks import DESKTOP, PHONE

TIMEOUT_MS = 15_000


class Stage:
    """Bring people on, watch what their browsers report, and look at pages."""

    def __init__(self, browser, stack, looks, sessions):
        self.browser = browser
        self.stack = stack
        self.looks = looks
        self.url = stack.url
        self._sessions = sessions  # cookies of the personas who have signed in already
        self.people = []

    def person(self, *, phone=False, javascript=True):
        """Return somebody nobody knows yet."""
        options = (
            {"viewport": PHONE, "is_mobile": True, "has_touch": True} if phone else {"viewport": DESKTOP}
        )
        context = self.browser.new_context(
            locale="fr-FR",
            timezone_id="Europe/Paris",
            reduced_motion="reduce",
            java_script_enabled=javascript,
            **options,
        )
        context.set_default_timeout(TIMEOUT_MS)
        person = Person(self, context)
        self.people.append(person)
        return person

    def member(self, uid, **options):
        """Return the persona `uid`, signed in through CAS; asked again, she keeps her session."""
        person = self.person(**options)
        if uid in self._sessions:
            person.context.add_cookies(self._sessions[uid])
        else:
            person.enter_by_cas(uid)
            if person.page.get_by_role("link", name="Gestion", exact=True).count():
                person.waits_before_sending(AT_ONCE)  # the others of a test need not wait for her
            self._sessions[uid] = cookies_of(person.context)
        person.email = PERSONAS[uid].email
        return person

    def close(self):
        """Send everybody home; return what their browsers reported."""
        faults = [fault for person in self.people for fault in person.watch.faults]
        for person in self.people:
            person.context.close()
        return faults
