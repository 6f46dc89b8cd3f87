"""Accounts: who may sign in to this network, what opens their keys, and the network's own row.

Words: an *account* has a sign-in name and no other name; a *slot* is one wrapped copy of its seed (passphrase, recovery sheet); a
*session* is one browser signed in, and its *share* is the server's half of the key that opens the seed on a page.
It never holds a passphrase, an auth key or an open seed, and never asks for a real name, an address or a birthday.
"""
