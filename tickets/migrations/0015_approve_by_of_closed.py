"""Give the requests closed before this release the day until which they may be contested.

Counted from today, not from their closing: nobody finds her request tacitly closed by an upgrade.
"""

from datetime import timedelta

from django.db import migrations
from django.utils import timezone

BATCH = 1000


def fill(apps, schema_editor):
    tickets = apps.get_model("tickets", "Ticket").objects.using(schema_editor.connection.alias)
    closed = tickets.filter(status="closed", approve_by=None).order_by("pk")
    while rows := list(closed.select_related("category")[:BATCH]):
        for ticket in rows:
            ticket.approve_by = timezone.localdate() + timedelta(days=ticket.category.closing_delay_days)
        tickets.bulk_update(rows, ["approve_by"])


class Migration(migrations.Migration):
    dependencies = [
        ("tickets", "0014_time_spent"),
    ]

    operations = [
        migrations.RunPython(fill, migrations.RunPython.noop, elidable=True),
    ]
