"""What a plot's crowns add up to, and the report that says it: figures, charts, HTML, PDF."""
