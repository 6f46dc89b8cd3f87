"""A network that is lived in: made-up people in made-up groups, sealing for real (docs/running.md, The demo)."""
