"""One answer from a web server: https alone, asked for and read so that the user can stop at any moment."""

import http.client
import queue
import socket
import ssl
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import IO
from urllib.parse import urlsplit

from inference import __version__
from inference.errors import InputError
from inference.jobs import CancelToken

_LOOK_S = 0.2  # how often a wait looks at the token
_OWN_COMPUTER = frozenset({"localhost", "127.0.0.1", "::1"})
_REDIRECTS = frozenset(range(300, 400))
_LOGIN = frozenset({401, 403})
_GONE = frozenset({404, 410})
_BUSY = frozenset({408, 425, 429, 500, 502, 503, 504})
RANGE_REFUSED = 416


class Dropped(Exception):
    """The connection broke, or the server is busy; another attempt may work."""


@contextmanager
def answer(
    url: str, headers: Mapping[str, str], cancel: CancelToken, *, silence_s: float
) -> Iterator[http.client.HTTPResponse]:
    """The server's answer to GET; redirects are followed.

    Args:
        url: https; http only on this computer.
        headers: beside our own.
        cancel: within the block, stopping ends a read that waits for a silent server.
        silence_s: how long silence is borne.

    Raises:
        Cancelled: the user stopped.
        Dropped: another attempt may work.
        InputError: the server refuses, or cannot be reached; in a sentence.
        urllib.error.HTTPError: 416, for the caller, who asked for a part of the file.
    """
    check_address(url)
    own = {"User-Agent": f"BirchTree/{__version__}", "Accept-Encoding": "identity"}
    try:
        response = _ask(urllib.request.Request(url, headers={**own, **headers}), cancel, silence_s)
    except urllib.error.HTTPError as error:
        if error.code == RANGE_REFUSED:
            raise
        error.close()
        if error.code in _BUSY:
            raise Dropped(f"the server answers {error.code}") from error
        raise _refused(url, error.code) from error
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise _unreachable(url, error) from error
    with response, _hanging_up(response, cancel):
        yield response


def read_some(response: IO[bytes], most_bytes: int, cancel: CancelToken) -> bytes:
    """The next bytes of an answer; none at its end.

    Raises:
        Cancelled: the user stopped.
        Dropped: the connection broke.
    """
    try:
        block = response.read1(most_bytes)  # type: ignore[attr-defined]
    except (OSError, http.client.HTTPException) as error:
        cancel.check()
        raise Dropped(reason(error)) from error
    cancel.check()
    return bytes(block)


def check_address(url: str) -> None:
    """Refuse what others could read or change on the way.

    Raises:
        InputError: not https, nor http on this computer.
    """
    try:
        parts = urlsplit(url)
        host = parts.hostname
    except ValueError:
        parts, host = urlsplit(""), None
    if host and (parts.scheme == "https" or (parts.scheme == "http" and host in _OWN_COMPUTER)):
        return
    raise InputError(
        "download.address",
        "{url} is not fetched: only addresses that begin with https:// are safe.",
        url=url[:200],
    )


def reason(error: BaseException) -> str:
    """A fault of the network in words."""
    inner = getattr(error, "reason", error)
    if isinstance(inner, TimeoutError):
        return "it does not answer"
    if isinstance(inner, socket.gaierror):
        return "its name is not known; is there a network?"
    if isinstance(inner, ssl.SSLCertVerificationError):
        return "its certificate cannot be verified; is this computer's clock right?"
    return str(getattr(inner, "strerror", None) or inner or type(inner).__name__)


class _OnlyHttps(urllib.request.HTTPRedirectHandler):
    """Follows redirects to safe addresses alone."""

    def redirect_request(
        self,
        req: urllib.request.Request,
        fp: IO[bytes],
        code: int,
        msg: str,
        headers: http.client.HTTPMessage,
        newurl: str,
    ) -> urllib.request.Request | None:
        try:
            check_address(newurl)
        except InputError:
            fp.close()
            raise
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def _ask(request: urllib.request.Request, cancel: CancelToken, silence_s: float) -> http.client.HTTPResponse:
    """Open the connection in a thread: looking up a name and connecting cannot be interrupted."""
    answers: queue.Queue[http.client.HTTPResponse | Exception] = queue.Queue()
    given_up = threading.Event()
    opener = urllib.request.build_opener(_OnlyHttps)

    def ask() -> None:
        try:
            response = opener.open(request, timeout=silence_s)
        except (OSError, http.client.HTTPException, ValueError, InputError) as error:
            answers.put(error)
            return
        if given_up.is_set():
            response.close()
        answers.put(response)

    threading.Thread(target=ask, name="download", daemon=True).start()
    while True:
        if cancel.is_cancelled:
            given_up.set()
            cancel.check()
        try:
            found = answers.get(timeout=_LOOK_S)
        except queue.Empty:
            continue
        if isinstance(found, Exception):
            raise found
        return found


@contextmanager
def _hanging_up(response: http.client.HTTPResponse, cancel: CancelToken) -> Iterator[None]:
    if response.isclosed():  # nothing is to come
        yield
        return
    with socket.fromfd(response.fileno(), socket.AF_INET, socket.SOCK_STREAM) as line:

        def stop() -> None:
            try:
                line.shutdown(socket.SHUT_RDWR)
            except OSError:  # the other side was quicker
                return

        with cancel.stopping(stop):
            yield


def _refused(url: str, status: int) -> InputError:
    host = urlsplit(url).hostname
    if status in _REDIRECTS:  # to an address that urllib itself refuses, or in a circle
        return InputError(
            "download.address", "{host} sends the download on to an address that is not safe to follow.", host=host
        )
    if status in _LOGIN:
        return InputError(
            "download.login",
            "{host} gives this file only to people who have signed in or agreed to its terms (HTTP {status}). "
            "Fetch {url} with a browser, then run `birchtree models convert FILE`.",
            host=host,
            status=status,
            url=url,
        )
    if status in _GONE:
        return InputError(
            "download.gone",
            "The file is no longer at {url} (HTTP {status}). Look for a newer BirchTree, or fetch the file elsewhere "
            "and run `birchtree models convert FILE`.",
            url=url,
            status=status,
        )
    return InputError(
        "download.refused",
        "{host} refuses to give the file (HTTP {status}). Try again later.",
        host=host,
        status=status,
    )


def _unreachable(url: str, error: Exception) -> Exception:
    if isinstance(getattr(error, "reason", error), TimeoutError | ConnectionResetError | http.client.HTTPException):
        return Dropped(reason(error))
    return InputError(
        "download.no_network",
        "{host} cannot be reached: {reason}. Check the network and run the command again; what has come is kept.",
        host=urlsplit(url).hostname,
        reason=reason(error).rstrip("."),
    )
