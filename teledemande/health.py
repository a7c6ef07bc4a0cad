"""/sante/: is each part alive? For people who host the service, and for the demonstration's start."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from notifications.health import mails_waiting_and_held, worker_last_seen
from notifications.models import Heartbeat
from tickets.files import antivirus
from tickets.models.file import private_storage
from tickets.services.files import files_waiting

WORKER_SILENCE_SECONDS = 90
# Reading the graph of migrations is slow, and what was migrated when this process started stays so.
_migrated = {"once": False}


@login_not_required
@never_cache
@require_safe
def health(request):
    """Answer 200 when every part is ready, 503 otherwise; each part says how it is.

    `?essentiel=1`, for load balancers, judges only what filing needs: the cache or the worker may be down
    without a page being refused.
    """
    parts = {
        "base": _database(),
        "fichiers": _storage(),
        "cache": _cache(),
        "courriels": _worker(),
        "antivirus": _antivirus(),
    }
    needed = (parts["base"], parts["fichiers"]) if request.GET.get("essentiel") else parts.values()
    is_ready = all(part["etat"] == "ok" for part in needed)
    return JsonResponse(
        {"etat": "ok" if is_ready else "indisponible", "parties": parts}, status=200 if is_ready else 503
    )


def _database():
    try:
        if _migrated["once"]:
            Heartbeat.objects.exists()
            return {"etat": "ok"}
        executor = MigrationExecutor(connection)
        late = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError:
        return {"etat": "indisponible"}
    _migrated["once"] = not late
    return {"etat": "à migrer", "migrations": len(late)} if late else {"etat": "ok"}


def _storage():
    try:
        private_storage().listdir("")
    except FileNotFoundError:
        return {"etat": "ok"}  # nothing was stored yet: the folder comes with the first file
    except OSError:
        return {"etat": "indisponible"}
    return {"etat": "ok"}


def _cache():
    try:
        cache.set("sante", "1", 5)
    except Exception as error:  # noqa: BLE001 -- each backend has its own errors; none may break this page
        return {"etat": "indisponible", "cause": type(error).__name__}
    return {"etat": "ok"}


def _worker():
    try:
        seen, (waiting, held) = worker_last_seen(), mails_waiting_and_held()
    except DatabaseError:
        return {"etat": "indisponible"}
    silence = (timezone.now() - seen).total_seconds() if seen else None
    alive = silence is not None and silence < WORKER_SILENCE_SECONDS
    return {
        "etat": "ok" if alive else "ouvrier absent",
        "dernier_signe": seen.isoformat() if seen else None,
        "en_attente": waiting,
        "retenus": held,
    }


def _antivirus():
    if not antivirus.is_set_up():
        return {"etat": "ok", "antivirus": "aucun"}
    try:
        waiting = files_waiting()
    except DatabaseError:
        return {"etat": "indisponible"}
    return {
        "etat": "ok" if antivirus.is_answering() else "indisponible",
        "en_attente": waiting,
        "pendant_un_arret": settings.ANTIVIRUS_DOWN,
    }
