"""The console's verbs."""

import argparse

from holdspace.ops import serving


def run(options: argparse.Namespace) -> int:
    """Run the verb."""
    return VERBS[options.verb](options)


def serve(options: argparse.Namespace) -> int:
    """Serve until told to stop."""
    serving.prepare()
    print(f"Holdspace is at {serving.address()}", flush=True)
    serving.listen()
    return 0


VERBS = {"serve": serve}
