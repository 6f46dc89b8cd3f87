"""Everything that changes accounts, a file for each noun."""
