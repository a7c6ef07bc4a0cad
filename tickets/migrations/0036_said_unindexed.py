from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ("tickets", "0035_kept_speaker"),
    ]

    operations = [
        migrations.RemoveIndex(model_name="ticketevent", name="ticket_event_said"),
    ]
