#!/usr/bin/env python
"""Django's own commands (`makemigrations` and friends). People who run a network use `holdspace` instead."""

import os
import sys

from django.core.management import execute_from_command_line

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "holdspace.settings")
    execute_from_command_line(sys.argv)
