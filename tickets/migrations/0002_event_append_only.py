"""Events and their history cannot be edited or deleted, whoever holds the connection."""

from django.db import migrations

_POSTGRES = """
CREATE FUNCTION tickets_event_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'tickets_ticketevent is append-only' USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER tickets_event_append_only BEFORE UPDATE OR DELETE ON tickets_ticketevent
    FOR EACH ROW EXECUTE FUNCTION tickets_event_refuse();
"""
_POSTGRES_BACK = """
DROP TRIGGER tickets_event_append_only ON tickets_ticketevent;
DROP FUNCTION tickets_event_refuse();
"""
_SQLITE = (
    """CREATE TRIGGER tickets_event_no_update BEFORE UPDATE ON tickets_ticketevent
    BEGIN SELECT RAISE(ABORT, 'tickets_ticketevent is append-only'); END""",
    """CREATE TRIGGER tickets_event_no_delete BEFORE DELETE ON tickets_ticketevent
    BEGIN SELECT RAISE(ABORT, 'tickets_ticketevent is append-only'); END""",
)
_SQLITE_BACK = ("DROP TRIGGER tickets_event_no_update", "DROP TRIGGER tickets_event_no_delete")


def _run(schema_editor, postgres, sqlite):
    statements = (postgres,) if schema_editor.connection.vendor == "postgresql" else sqlite
    for statement in statements:
        schema_editor.execute(statement)


def forwards(apps, schema_editor):
    _run(schema_editor, _POSTGRES, _SQLITE)


def backwards(apps, schema_editor):
    _run(schema_editor, _POSTGRES_BACK, _SQLITE_BACK)


class Migration(migrations.Migration):
    dependencies = [("tickets", "0001_initial")]
    operations = [migrations.RunPython(forwards, backwards)]
