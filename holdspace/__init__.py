"""Holdspace: where a peer support network lives. The server half; `browser/` holds the other."""
