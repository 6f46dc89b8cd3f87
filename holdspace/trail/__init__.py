"""The trail: who did what to this network, and when. Never what was said, never who reads whom."""
