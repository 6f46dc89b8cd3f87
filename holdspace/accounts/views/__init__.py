"""What accounts answers: pages for people, doors for the modules on them."""
