"""The values both twins must meet, and the script that makes them."""
