from django.db import migrations, models
from django.db.models import F, OuterRef, Subquery

REACTIONS = ("take", "assign", "ask", "ask_items", "comment", "postpone", "close", "refuse", "transmit")


def keep_reactions(apps, schema_editor):
    """Write when staff first showed the requester that they look after each request."""
    Ticket, TicketEvent = apps.get_model("tickets", "Ticket"), apps.get_model("tickets", "TicketEvent")
    reactions = TicketEvent.objects.filter(
        ticket=OuterRef("pk"), kind__in=REACTIONS, actor__isnull=False, hold__taken_back_at__isnull=True
    ).exclude(actor=F("ticket__requester"))
    Ticket.objects.using(schema_editor.connection.alias).update(
        reacted_at=Subquery(reactions.order_by("sequence").values("at")[:1])
    )


class Migration(migrations.Migration):

    dependencies = [
        ("tickets", "0036_said_unindexed"),
    ]

    operations = [
        migrations.AddField(
            model_name="ticket",
            name="reacted_at",
            field=models.DateTimeField(editable=False, null=True, verbose_name="première réaction"),
        ),
        migrations.RunPython(keep_reactions, migrations.RunPython.noop),
    ]
