"""Running a network: its first visit, its console, and the steward's one act. It never reads a group."""
