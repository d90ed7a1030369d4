"""Systems that answer the vectors: the library over a pipe or HTTP, and wrong ones. `python conforming.py [BUG]`."""

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

from coaching.testing.conformance.answering import answer_line

BUGS: dict[str, Callable[[dict[str, Any]], Any]] = {
    "takes_everything": lambda answer: {"codes": []} if "codes" in answer else answer,
    "forgets_who_signed": lambda answer: {**answer, "record": without(answer["record"], "signatures")},
    "shows_nothing_kept_back": lambda answer: {"shown": {**answer["shown"], "extra": {"note": "all of it"}}},
    "a_day_late": lambda answer: {"due": f"{answer['due'][:-1]}x"},
    "says_nothing": lambda _: {},
    "claims_nothing": lambda _: {"not_claimed": True},
    "no_json": lambda _: ...,
}
"""What may be wrong with a system."""


def without(document: dict[str, Any], name: str) -> dict[str, Any]:
    """A document without a field."""
    return {key: it for key, it in document.items() if key != name}


def answered(line: bytes, bug: str = "") -> bytes:
    """Answer a line, rightly or not; a bug shows only where there is something to get wrong."""
    if not bug:
        return answer_line(line)
    try:
        answer = BUGS[bug](json.loads(answer_line(line)))
    except KeyError:
        return answer_line(line)
    return b"what?\n" if answer is ... else json.dumps(answer).encode() + b"\n"


class Answers(BaseHTTPRequestHandler):
    """The library behind POST."""

    def do_POST(self) -> None:
        """Answer the question that is sent."""
        said = answered(self.rfile.read(int(self.headers["Content-Length"])))
        self.send_response(200)
        self.end_headers()
        self.wfile.write(said)

    def log_message(self, *_: Any) -> None:
        """Say nothing of it."""


@contextmanager
def served() -> Iterator[str]:
    """Serve the library on a port of this machine, and give its address."""
    with ThreadingHTTPServer(("127.0.0.1", 0), Answers) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()


if __name__ == "__main__":
    for asked in sys.stdin.buffer:
        sys.stdout.buffer.write(answered(asked, *sys.argv[1:]))
        sys.stdout.buffer.flush()
