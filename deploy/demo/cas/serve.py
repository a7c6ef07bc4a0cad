#!/usr/bin/env python
"""Serve the demonstration's CAS server until told to stop.

    python deploy/demo/cas/serve.py --port 8001 --service-pattern '^http://127.0.0.1:8000/' --var-dir .var/cas

One process with threads and no reloader, so that stopping its pid stops it all. Only services whose
address matches the pattern get tickets; they receive all attributes and single logout requests.
"""

import argparse
import os
from pathlib import Path


def parse_arguments():
    parser = argparse.ArgumentParser(description="Serveur CAS de démonstration.")
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--service-pattern", required=True, help="expression rationnelle des services admis")
    parser.add_argument("--var-dir", type=Path, required=True, help="dossier de la base SQLite")
    parser.add_argument("--personas", type=Path, help="autre fichier de personnes")
    return parser.parse_args()


def configure(arguments):
    """Set the environment the settings read, then load Django."""
    arguments.var_dir.mkdir(parents=True, exist_ok=True)
    os.environ["DJANGO_SETTINGS_MODULE"] = "idp_settings"
    os.environ["IDP_VAR_DIR"] = str(arguments.var_dir.resolve())
    if arguments.personas:
        os.environ["IDP_PERSONAS"] = str(arguments.personas.resolve())
    import django  # noqa: PLC0415 -- environment first

    django.setup()


def prepare_database(service_pattern):
    """Migrate, and let the one service in; without the `*` row no attribute would be released."""
    from cas_server.models import ServicePattern  # noqa: PLC0415 -- app ready
    from django.core.management import call_command  # noqa: PLC0415 -- app ready

    call_command("migrate", verbosity=0)
    service, _ = ServicePattern.objects.update_or_create(
        name="Télé-demande", defaults={"pattern": service_pattern, "single_log_out": True}
    )
    service.attributs.get_or_create(name="*")


def serve(port):
    from django.core.servers.basehttp import run  # noqa: PLC0415 -- app ready
    from django.core.wsgi import get_wsgi_application  # noqa: PLC0415 -- app ready

    run("127.0.0.1", port, get_wsgi_application(), threading=True)


def main():
    arguments = parse_arguments()
    configure(arguments)
    prepare_database(arguments.service_pattern)
    serve(arguments.port)


if __name__ == "__main__":
    main()
