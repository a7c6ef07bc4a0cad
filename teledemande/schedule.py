"""What beat asks workers for, and when (Paris time)."""

from typing import Any

from celery.schedules import crontab


def schedule(*, sweep_seconds: float, inbound_seconds: float) -> dict[str, dict[str, Any]]:
    """Return the work done without being asked for. Both arguments are seconds between two turns."""
    return {
        # Both expire: beat without a worker must not pile up thousands of them.
        "sweep-outbox": {
            "task": "notifications.tasks.sweep",
            "schedule": sweep_seconds,
            "options": {"expires": 60},
        },
        "sweep-calls": {
            "task": "notifications.tasks.sweep_calls",
            "schedule": sweep_seconds,
            "options": {"expires": 60},
        },
        "fetch-mails": {
            "task": "notifications.tasks.fetch_mails",
            "schedule": inbound_seconds,
            "options": {"expires": 60},
        },
        "heartbeat": {"task": "teledemande.tasks.heartbeat", "schedule": 15.0, "options": {"expires": 60}},
        "forget-accounts": {
            "task": "accounts.tasks.forget_stale_accounts",
            "schedule": crontab(hour=3, minute=20),
        },
        "warn-of-drafts": {
            "task": "notifications.tasks.warn_of_draft_erasure",
            "schedule": crontab(hour=9, minute=10),
        },
        # Each chose her hour; what is missed is caught up within ten minutes, and made once.
        "send-digests": {
            "task": "notifications.tasks.send_digests",
            "schedule": crontab(hour="6-21", minute="*/10"),
        },
        "forget-drafts": {
            "task": "tickets.tasks.forget_stale_drafts",
            "schedule": crontab(hour=3, minute=30),
        },
        "forget-orphans": {"task": "tickets.tasks.forget_orphans", "schedule": crontab(hour=4, minute=10)},
        # Daily work, asked for every hour: a beat that was down at its hour catches up, and a second run does
        # nothing. People are told by day only.
        "recall-postponed": {
            "task": "tickets.tasks.recall_postponed",
            "schedule": crontab(hour="7-21", minute=0),
        },
        "remind-of-closings": {
            "task": "tickets.tasks.remind_of_closings",
            "schedule": crontab(hour="7-21", minute=10),
        },
        "remind-of-questions": {
            "task": "tickets.tasks.remind_of_questions",
            "schedule": crontab(hour="7-21", minute=15),
        },
        "expire-closings": {"task": "tickets.tasks.expire_closings", "schedule": crontab(minute=5)},
        "release-answers": {
            "task": "tickets.tasks.release_held_answers",
            "schedule": 60.0,
            "options": {"expires": 60},
        },
        "free-stranded": {"task": "tickets.tasks.free_stranded", "schedule": crontab(minute=35)},
        "check-files": {
            "task": "tickets.tasks.check_waiting_files",
            "schedule": 60.0,
            "options": {"expires": 60},
        },
    }
