"""What every page and every app stands on: ids, fields, headers, refusals, error pages, and the tag that lists modules.

Words: a *refusal* is an outcome with a code and a sentence; *broken* is our own fault. It never knows what a page is about.
"""
