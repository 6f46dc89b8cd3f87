"""Members without a browser against a real server."""
