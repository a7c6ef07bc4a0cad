"""Full text: French stemming with and without accents, two GIN indexes; or an FTS5 table kept by triggers."""

from django.db import migrations

# Django's own operation for the extension cannot be undone on SQLite. Going back leaves the extension: it may
# have been there before us.
_POSTGRES = """
CREATE EXTENSION IF NOT EXISTS unaccent;
CREATE TEXT SEARCH CONFIGURATION teledemande_fr (COPY = french);
ALTER TEXT SEARCH CONFIGURATION teledemande_fr
    ALTER MAPPING FOR hword, hword_part, word WITH unaccent, french_stem;
CREATE INDEX tickets_search_words ON tickets_searchdocument USING gin (to_tsvector('teledemande_fr', text));
CREATE INDEX tickets_search_stems ON tickets_searchdocument USING gin (to_tsvector('pg_catalog.french', text));
"""
_POSTGRES_BACK = """
DROP INDEX tickets_search_stems;
DROP INDEX tickets_search_words;
DROP TEXT SEARCH CONFIGURATION teledemande_fr;
"""
_SQLITE = (
    """CREATE VIRTUAL TABLE tickets_searchdocument_fts USING fts5(
        text, content='tickets_searchdocument', content_rowid='id', tokenize='unicode61 remove_diacritics 2'
    )""",
    """CREATE TRIGGER tickets_search_inserted AFTER INSERT ON tickets_searchdocument BEGIN
        INSERT INTO tickets_searchdocument_fts(rowid, text) VALUES (new.id, new.text);
    END""",
    """CREATE TRIGGER tickets_search_deleted AFTER DELETE ON tickets_searchdocument BEGIN
        INSERT INTO tickets_searchdocument_fts(tickets_searchdocument_fts, rowid, text)
        VALUES ('delete', old.id, old.text);
    END""",
    """CREATE TRIGGER tickets_search_updated AFTER UPDATE ON tickets_searchdocument BEGIN
        INSERT INTO tickets_searchdocument_fts(tickets_searchdocument_fts, rowid, text)
        VALUES ('delete', old.id, old.text);
        INSERT INTO tickets_searchdocument_fts(rowid, text) VALUES (new.id, new.text);
    END""",
    "INSERT INTO tickets_searchdocument_fts(tickets_searchdocument_fts) VALUES ('rebuild')",
)
_SQLITE_BACK = (
    "DROP TRIGGER tickets_search_updated",
    "DROP TRIGGER tickets_search_deleted",
    "DROP TRIGGER tickets_search_inserted",
    "DROP TABLE tickets_searchdocument_fts",
)


def _run(schema_editor, postgres, sqlite):
    statements = (postgres,) if schema_editor.connection.vendor == "postgresql" else sqlite
    for statement in statements:
        schema_editor.execute(statement)


def forwards(apps, schema_editor):
    _run(schema_editor, _POSTGRES, _SQLITE)


def backwards(apps, schema_editor):
    _run(schema_editor, _POSTGRES_BACK, _SQLITE_BACK)


class Migration(migrations.Migration):
    dependencies = [("tickets", "0002_event_append_only")]
    operations = [migrations.RunPython(forwards, backwards)]
