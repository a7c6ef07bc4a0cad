"""`manage.py load_themes [FILE] [--dry-run]`: load the tree of themes; safe to run again."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from categories.loading import load_themes

SHIPPED = Path(__file__).resolve().parents[2] / "data" / "themes.yaml"


class Command(BaseCommand):
    help = "Charge l’arbre des thèmes depuis un fichier YAML ; peut être relancée sans dommage."

    def add_arguments(self, parser):
        parser.add_argument(
            "path", nargs="?", type=Path, default=SHIPPED, help="fichier YAML (fourni par défaut)"
        )
        parser.add_argument(
            "--dry-run", action="store_true", help="dire ce qui serait fait, sans rien écrire"
        )

    def handle(self, *args, path, dry_run, verbosity, **options):
        with transaction.atomic():
            report = self._load(path)
            if dry_run:
                transaction.set_rollback(True)
        if verbosity:
            self._tell(report, is_dry=dry_run)

    def _load(self, path):
        try:
            return load_themes(path.read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise CommandError(str(error)) from error

    def _tell(self, report, *, is_dry):
        would = "seraient créés" if is_dry else "créés"
        self.stdout.write(f"Thèmes, services et réponses : {len(report.created)} {would}.")
        self.stdout.write(f"Formulaires : {len(report.forms)} {would}.")
        if is_dry and report.created:
            self.stdout.write(f"À créer : {', '.join(report.created)}.")
        for slug, names in report.incomplete.items():
            self.stdout.write(f"{slug} : non publié, il manque : {', '.join(names)}.")
        if report.differences:
            self.stdout.write("Déjà présents et différents du fichier, laissés tels quels :")
        for difference in report.differences:
            self.stdout.write(f"- {difference}")
