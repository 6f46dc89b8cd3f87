"""Sealed groups, live: one binary door at `/live` for WebSocket and HTTP (docs/protocol.md 1).

Words: a *frame* is one question, answer or piece of news; a *verb* is what may be asked; a *topic* is what is
announced; a *room* is what a socket listens to (today always a group); a *right* says what of a room it may hear.

Imports no app: verbs, topics and the session question are handed in by `asgi.py`. It never opens an envelope,
never logs a frame, and never answers a write before it is committed and flushed.
"""
