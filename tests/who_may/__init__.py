"""The table of who may (tests/test_who_may.py): pages and their forms, doors, verbs."""
