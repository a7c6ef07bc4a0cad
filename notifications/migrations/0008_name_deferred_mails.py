from django.db import migrations

STEP = 1000


def rename(rows, state):
    """Give `state` to `rows`, a few at a time; may be run again."""
    while pks := list(rows.order_by("pk").values_list("pk", flat=True)[:STEP]):
        rows.filter(pk__in=pks).update(state=state)


def name_deferred(apps, schema_editor):
    """A mail that was tried, and waits with what the server said, was called « queued » until now."""
    mails = apps.get_model("notifications", "OutgoingEmail").objects.using(schema_editor.connection.alias)
    rename(mails.filter(state="queued", attempts__gt=0).exclude(answer=""), "deferred")


def name_queued(apps, schema_editor):
    """The way back: there was one name for both."""
    mails = apps.get_model("notifications", "OutgoingEmail").objects.using(schema_editor.connection.alias)
    rename(mails.filter(state="deferred"), "queued")


class Migration(migrations.Migration):
    dependencies = [("notifications", "0007_deferred_mails")]

    operations = [migrations.RunPython(name_deferred, name_queued)]
