"""Migrations say what models say, and go back as far as they went."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection, connections
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader

OURS = ("accounts", "categories", "tickets", "notifications")


def test_models_have_no_change_without_a_migration(db):
    output = StringIO()

    try:
        call_command("makemigrations", "--check", "--dry-run", stdout=output)
    except SystemExit:
        pytest.fail(output.getvalue())


def test_migrations_are_one_line_a_room(db):
    """Two branches of work that each added a migration must be put in order by hand."""
    assert MigrationLoader(connection).detect_conflicts() == {}


@pytest.mark.parametrize("label", OURS)
def test_migrations_are_named_by_hand(label):
    names = sorted(name for app, name in MigrationLoader(None).disk_migrations if app == label)

    assert names[0] == "0001_initial"
    assert [name for name in names if "_auto_" in name] == []


@pytest.fixture
def empty_database(tmp_path, django_db_setup, django_db_blocker):
    """Return the alias of an empty database of the engine in use."""
    place = dict(connection.settings_dict)
    with django_db_blocker.unblock():
        if connection.vendor == "sqlite":
            yield from _added(place | {"NAME": str(tmp_path / "empty.sqlite3")})
            return
        name = f"{place['NAME']}_empty"
        with connection._nodb_cursor() as cursor:
            cursor.execute(f'DROP DATABASE IF EXISTS "{name}"')
            cursor.execute(f'CREATE DATABASE "{name}"')
        yield from _added(place | {"NAME": name})
        with connection._nodb_cursor() as cursor:
            cursor.execute(f'DROP DATABASE "{name}"')


def _added(place):
    connections.settings["empty"] = place
    yield "empty"
    connections["empty"].close()
    del connections["empty"]
    del connections.settings["empty"]


def ours(alias):
    """Return what our rooms hold in the database: tables, triggers, functions, search configurations."""
    with connections[alias].cursor() as cursor:
        if connections[alias].vendor == "sqlite":
            cursor.execute("SELECT name FROM sqlite_master")
        else:
            cursor.execute(
                "SELECT relname FROM pg_class UNION SELECT proname FROM pg_proc "
                "UNION SELECT tgname FROM pg_trigger UNION SELECT cfgname FROM pg_ts_config"
            )
        names = {row[0] for row in cursor.fetchall()}
    return {name for name in names if name.startswith((*(f"{label}_" for label in OURS), "teledemande"))}


def test_migrations_go_to_zero_and_back(empty_database):
    executor = MigrationExecutor(connections[empty_database])
    executor.migrate(executor.loader.graph.leaf_nodes())
    forwards = ours(empty_database)
    executor.loader.build_graph()
    executor.migrate([(label, None) for label in OURS])
    back = ours(empty_database)
    executor.loader.build_graph()
    executor.migrate(executor.loader.graph.leaf_nodes())

    assert (back, ours(empty_database)) == (set(), forwards)
    assert "tickets_ticket" in forwards


def test_mails_put_off_have_a_name_of_their_own_and_lose_it_on_the_way_back(empty_database):
    before = [("notifications", "0006_bounced_mails")]
    after = [("notifications", "0008_name_deferred_mails")]
    executor = MigrationExecutor(connections[empty_database])
    executor.migrate(before)
    mails = executor.loader.project_state(before).apps.get_model("notifications", "OutgoingEmail").objects
    rows = [(0, ""), (2, "451 Plus tard"), (0, "550 Inconnue")]  # new; put off; sent again by hand
    for attempts, answer in rows:
        mails.using(empty_database).create(to="lea@example.org", attempts=attempts, answer=answer)

    seen = []
    for target in (after, before, after):
        executor.loader.build_graph()
        executor.migrate(target)
        seen.append(list(mails.using(empty_database).order_by("pk").values_list("state", flat=True)))

    assert seen == [
        ["queued", "deferred", "queued"],
        ["queued", "queued", "queued"],
        ["queued", "deferred", "queued"],
    ]
