"""`manage.py load_themes [FILE]`: load the tree of themes; safe to run again."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from categories.loading import load_themes

SHIPPED = Path(__file__).resolve().parents[2] / "data" / "themes.yaml"


class Command(BaseCommand):
    help = "Charge l’arbre des thèmes depuis un fichier YAML ; peut être relancée sans dommage."

    def add_arguments(self, parser):
        parser.add_argument(
            "path", nargs="?", type=Path, default=SHIPPED, help="fichier YAML (fourni par défaut)"
        )

    def handle(self, *args, path, **options):
        try:
            report = load_themes(path.read_text(encoding="utf-8"))
        except ValueError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"Thèmes et services : {len(report.created)} créés.")
        if report.different:
            kept = ", ".join(report.different)
            self.stdout.write(f"Déjà présents et différents du fichier, laissés tels quels : {kept}.")
