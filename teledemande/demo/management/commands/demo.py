"""`make demo`: the whole service on this machine, with its people and its requests."""

from django.core.management.base import BaseCommand

from teledemande.demo.supervisor import DemoError, Supervisor


class Command(BaseCommand):
    help = "Démarre la démonstration : site, travaux de fond, serveur CAS, exemples."

    def handle(self, *args, **options):
        try:
            Supervisor(self._write).run()
        except DemoError as error:
            self.stderr.write(f"\n{error}\n")
            raise SystemExit(1) from error
        except KeyboardInterrupt:
            pass  # Ctrl-C while the data is prepared: nothing was started
        self._write("Télé-demande est arrêtée.")

    def _write(self, text: str) -> None:
        self.stdout.write(text)
        self.stdout.flush()
