"""What every Python test stands on."""
