"""Journeys of people in a real Chromium against a real server."""
