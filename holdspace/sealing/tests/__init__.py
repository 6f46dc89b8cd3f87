"""Tests of the twin: the vectors, and what must hold for every input."""
