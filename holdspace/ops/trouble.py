"""Something the console could not do, in one sentence."""


class Trouble(Exception):
    """Ends a verb with its sentence on stderr and exit status 1."""
