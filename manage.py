#!/usr/bin/env python
"""Run a management command of Télé-demande."""

import os
import sys


def main():
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "teledemande.settings")
    from django.core.management import execute_from_command_line  # noqa: PLC0415 -- settings first

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
