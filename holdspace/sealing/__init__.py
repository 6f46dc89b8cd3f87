"""The Python twin of docs/sealing.md: pure functions on bytes, without Django and without a database.

The server uses it to check what it stores, the member without a browser uses it to speak, and the tests use
it to keep the browser honest: both sides read the same vectors. Nothing here logs, waits, or asks the
network.
"""
