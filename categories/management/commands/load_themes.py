"""`manage.py load_themes [FILE] [--dry-run]`: load the tree of themes; safe to run again."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from categories import signposts
from categories.faq import loading as faq
from categories.finder.synonyms import shipped_synonyms
from categories.loading import load_themes

SHIPPED = Path(__file__).resolve().parents[2] / "data" / "themes.yaml"


class Command(BaseCommand):
    help = (
        "Charge l’arbre des thèmes depuis un fichier YAML ; peut être relancée sans dommage. Avec le fichier "
        "fourni : aussi les mots des demandeurs, les questions fréquentes et les "
        "démarches à faire ailleurs."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "path", nargs="?", type=Path, default=SHIPPED, help="fichier YAML (fourni par défaut)"
        )
        parser.add_argument(
            "--dry-run", action="store_true", help="dire ce qui serait fait, sans rien écrire"
        )

    def handle(self, *args, path, dry_run, verbosity, **options):
        try:
            with transaction.atomic():
                is_shipped = path.resolve() == SHIPPED
                text = path.read_text(encoding="utf-8")
                report = load_themes(text, synonyms=shipped_synonyms() if is_shipped else None)
                # Questions name themes: within the same transaction, those just created.
                questions = faq.load_shipped() if is_shipped else []
                elsewhere = signposts.load_shipped() if is_shipped else []
                if dry_run:
                    transaction.set_rollback(True)
        except (OSError, ValueError) as error:
            raise CommandError(str(error)) from error
        if verbosity:
            self._tell(report, questions, elsewhere, is_dry=dry_run)

    def _tell(self, report, questions, elsewhere, *, is_dry):
        would = "seraient créés" if is_dry else "créés"
        self.stdout.write(f"Thèmes, services et réponses : {len(report.created)} {would}.")
        self.stdout.write(f"Formulaires : {len(report.forms)} {would}.")
        self.stdout.write(f"Questions fréquentes : {len(questions)} {would}.")
        self.stdout.write(f"Démarches à faire ailleurs : {len(elsewhere)} {would}.")
        if is_dry and report.created:
            self.stdout.write(f"À créer : {', '.join([*report.created, *questions, *elsewhere])}.")
        for slug, names in report.incomplete.items():
            self.stdout.write(f"{slug} : non publié, il manque : {', '.join(names)}.")
        if report.differences:
            self.stdout.write("Déjà présents et différents du fichier, laissés tels quels :")
        for difference in report.differences:
            self.stdout.write(f"- {difference}")
