"""A member without a browser: signs up, starts and joins groups, shares and listens, from a program or a command line.

It speaks `docs/protocol.md` and seals by `holdspace.sealing`, and knows nothing else of the server: no Django, no
database. What it may believe it decides itself, from the signed membership log, exactly as a browser does. It must
never write a seed, a passphrase or a word somebody said to disk in the clear.
"""
