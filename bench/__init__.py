"""How fast Holdspace is, said as a ratio to something measured in the same run (see README.md)."""
