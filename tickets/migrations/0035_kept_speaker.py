from django.conf import settings
from django.db import migrations, models
from django.db.models import OuterRef, Subquery

SILENT = ("submit", "take", "assign", "release")


def keep_speakers(apps, schema_editor):
    """Write who spoke last on each request: the author of the last shared event that says something."""
    Ticket, TicketEvent = apps.get_model("tickets", "Ticket"), apps.get_model("tickets", "TicketEvent")
    said = TicketEvent.objects.filter(
        ticket=OuterRef("pk"), is_internal=False, hold__taken_back_at__isnull=True
    ).exclude(kind__in=SILENT)
    Ticket.objects.using(schema_editor.connection.alias).update(
        last_speaker=Subquery(said.order_by("-sequence").values("actor")[:1])
    )


class Migration(migrations.Migration):

    dependencies = [
        ("tickets", "0034_solutions"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="ticket",
            name="last_speaker",
            field=models.ForeignKey(
                db_index=False,
                editable=False,
                help_text="Vide : personne encore, ou Télé-demande.",
                null=True,
                on_delete=models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="qui a parlé en dernier",
            ),
        ),
        migrations.RunPython(keep_speakers, migrations.RunPython.noop),
    ]
