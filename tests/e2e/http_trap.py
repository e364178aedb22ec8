"""A web server that writes down every request, in a process of its own: nothing may ever ask it."""

import http.server
import sys
from pathlib import Path


class _Trap(http.server.BaseHTTPRequestHandler):
    log = Path(sys.argv[1]) if len(sys.argv) > 1 else Path()

    def do_GET(self) -> None:
        """Any request."""
        with self.log.open("a") as file:
            file.write(f"{self.command} {self.path}\n")
        self.send_response(404)
        self.end_headers()

    def do_HEAD(self) -> None:
        """The same."""
        self.do_GET()

    def do_POST(self) -> None:
        """The same."""
        self.do_GET()

    def do_OPTIONS(self) -> None:
        """The same."""
        self.do_GET()

    def log_message(self, *_: object) -> None:
        """Standard error belongs to the test."""


if __name__ == "__main__":
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Trap) as server:
        sys.stdout.write(f"{server.server_address[1]}\n")
        sys.stdout.flush()
        server.serve_forever()
