"""When silence would become a decision, as the database reckons it: to sort and to warn, not to decide."""

from django.db.models import DateField, Func


class SilenceEnd(Func):
    """The day `months` months after the instant given, in Paris.

    An approximation: it knows neither the pieces still expected nor an acknowledgement sent late. Only what
    never changes for the same row may stand in a column reckoned by the database: hence the zone by its name.
    SQLite has no zones (it says the day of Greenwich), and counts 31 January plus one month as 3 March.
    """

    arity = 2
    output_field = DateField()

    def as_postgresql(self, compiler, connection, **options):
        """Say it to PostgreSQL."""
        template = "((timezone('Europe/Paris', %(expressions)s)))::date"
        return self.as_sql(
            compiler, connection, template=template, arg_joiner=") + make_interval(months => ", **options
        )

    def as_sqlite(self, compiler, connection, **options):
        """Say it to SQLite."""
        template = "date(%(expressions)s || ' months')"
        return self.as_sql(compiler, connection, template=template, arg_joiner=", '+' || ", **options)
