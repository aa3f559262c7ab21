"""The review as a page for one browser of this machine, served by the standard library alone.

Only the loopback address is listened on. A request has to name it (a page elsewhere whose name was made to lead here
does not), to come from a page of ours, to bear the key that was printed when the review began, and for a decision the
token of our form. What is sent is escaped, and told to fetch nothing from anywhere.
"""

from __future__ import annotations

import hmac
import logging
import secrets
import sys
from http import HTTPStatus
from http.cookies import CookieError, SimpleCookie
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib import resources
from threading import Lock
from urllib.parse import parse_qsl, urlsplit

import pypdfium2

from pipeline.errors import HasilaError
from pipeline.workbench.picture import page_alone
from pipeline.workbench.review import Review
from pipeline.workbench.showing import LANGUAGES, card_page, queue_page

_log = logging.getLogger(__name__)

HOST = "127.0.0.1"
#: Bytes of a form at most.
_MOST = 64_000
_POLICY = (
    "default-src 'none'; img-src 'self'; style-src 'self'; script-src 'self'; form-action 'self'; "
    "frame-ancestors 'none'; base-uri 'none'"
)
_FILES = {"/review.css": "text/css", "/review.js": "text/javascript"}


class Desk(ThreadingHTTPServer):
    """The server of one review; ``address`` is what a browser is to be sent to."""

    daemon_threads = True

    def __init__(self, review: Review, port: int = 0) -> None:
        self.review = review
        self.key, self.token = secrets.token_urlsafe(24), secrets.token_urlsafe(24)
        self.one_at_a_time = Lock()
        super().__init__((HOST, port), _Handler)

    @property
    def origin(self) -> str:
        """Scheme, host and port of our own pages."""
        return f"http://{HOST}:{self.server_port}"

    @property
    def address(self) -> str:
        """The first page, with the key of this review."""
        return f"{self.origin}/?key={self.key}"

    def handle_error(self, request: object, client_address: object) -> None:
        """A browser that went away before its answer is no news; anything else is."""
        if not isinstance(sys.exception(), ConnectionError | TimeoutError):
            _log.exception("The review could not answer.")


class _Handler(BaseHTTPRequestHandler):
    server: Desk
    server_version, sys_version = "hasila", ""
    timeout = 60
    _language = LANGUAGES[0]
    _cookies: tuple[str, ...] = ()

    def do_GET(self) -> None:
        """Show a page, a picture or what they are drawn with."""
        url = urlsplit(self.path)
        asked = dict(parse_qsl(url.query))
        if not self._allowed(asked.get("key", "")):
            return
        if "key" in asked:  # it is not to stay in sight
            wished = f"?lang={asked['lang']}" if asked.get("lang") in LANGUAGES else ""
            self._go(f"/{url.path.lstrip('/')}{wished}")
        elif url.path in _FILES:
            text = resources.files("pipeline.workbench").joinpath("templates", url.path[1:]).read_bytes()
            self._send(text, _FILES[url.path])
        elif url.path.startswith("/page/"):
            self._picture(url.path)
        else:
            self._speak(asked.get("lang", ""))
            try:
                self._show(url.path)
            except HasilaError as error:  # the codebook was changed by hand meanwhile, and is wrong
                self._refuse(HTTPStatus.CONFLICT, str(error))

    def do_POST(self) -> None:
        """Take a decision, and go on to the next finding."""
        if not self._allowed(""):
            return
        form = self._form()
        if form is None or not hmac.compare_digest(
            form.get("token", "").encode(), self.server.token.encode()
        ):
            self._refuse(HTTPStatus.FORBIDDEN, "This form is not of this review. Load the page again.")
            return
        self._speak("")
        _, _, rest = self.path.partition("/finding/")
        finding_id, _, action = rest.partition("/")
        with self.server.one_at_a_time:
            try:
                self._go(self._decided(finding_id, action, form))
            except HasilaError as error:
                self._show(f"/finding/{finding_id}" if finding_id else "/queue", typed=form, error=str(error))

    def _decided(self, finding_id: str, action: str, form: dict[str, str]) -> str:
        """Carry out one action; the address to go to."""
        review = self.server.review
        if self.path == "/undo":
            return f"/finding/{review.undo()}"
        if self.path == "/again":
            review.skipped.clear()
            return "/"
        if action == "accept":
            review.accept(finding_id, form.get("reason", ""), form.get("verdict", "explained"))
        elif action == "correct":
            review.correct(finding_id, form.get("reading", ""), form.get("new", ""), form.get("reason", ""))
        elif action == "skip":
            review.skipped.add(finding_id)
        following = review.next_after(finding_id)
        return f"/finding/{following}" if following else "/queue"

    def _show(self, path: str, typed: dict[str, str] | None = None, error: str = "") -> None:
        review, token = self.server.review, self.server.token
        finding_id = path.removeprefix("/finding/")
        status = HTTPStatus.CONFLICT if error else HTTPStatus.OK
        if path == "/":
            following = review.next_after()
            self._go(f"/finding/{following}" if following else "/queue")
        elif path == "/queue":
            self._send(queue_page(review, self._language, token, error=error), "text/html", status)
        elif path != finding_id and any(one.finding_id == finding_id for one in review.queue):
            page = card_page(review, finding_id, self._language, token, typed=typed or {}, error=error)
            self._send(page, "text/html", status)
        else:
            self._refuse(HTTPStatus.NOT_FOUND, "There is no such page.")

    def _picture(self, path: str) -> None:
        report_id, _, page = path.removeprefix("/page/").removesuffix(".png").partition("/")
        file = self.server.review.place(report_id)
        try:
            if file is None or not page.isdecimal():
                raise IndexError
            png, _, _ = page_alone(file, int(page))
        except (OSError, IndexError, pypdfium2.PdfiumError):
            self._refuse(HTTPStatus.NOT_FOUND, "There is no such page.")
        else:
            self._send(png, "image/png")

    def _allowed(self, key: str) -> bool:
        """Whether a request is one of this review's own browser; it has been answered when not."""
        ours = (f"{HOST}:{self.server.server_port}", f"localhost:{self.server.server_port}")
        if self.headers.get("Host", "") not in ours:
            self._refuse(HTTPStatus.MISDIRECTED_REQUEST, "This is no address of the review.")
            return False
        origin = self.headers.get("Origin")
        if origin is not None and origin not in [f"http://{one}" for one in ours]:
            self._refuse(HTTPStatus.FORBIDDEN, "Another page may not ask this.")
            return False
        if key and hmac.compare_digest(key.encode(), self.server.key.encode()):
            self._cookies = (self._cookie(f"hasila-{self.server.server_port}", key),)
            return True
        held = self._held(f"hasila-{self.server.server_port}")
        if not hmac.compare_digest(held.encode(), self.server.key.encode()):
            self._refuse(HTTPStatus.FORBIDDEN, "Open the address that hasila review printed.")
            return False
        return True

    def _form(self) -> dict[str, str] | None:
        length = self.headers.get("Content-Length", "")
        if not length.isdecimal() or int(length) > _MOST:
            return None
        if self.headers.get_content_type() != "application/x-www-form-urlencoded":
            return None
        return dict(parse_qsl(self.rfile.read(int(length)).decode("utf-8", "replace")))

    def _speak(self, language: str) -> None:
        if language in LANGUAGES:
            self._cookies += (self._cookie("lang", language),)
        wished = [one.strip()[:2] for one in self.headers.get("Accept-Language", "").split(",")]
        known = [one for one in (language, self._held("lang"), *wished) if one in LANGUAGES]
        self._language = known[0] if known else LANGUAGES[0]

    def _held(self, name: str) -> str:
        try:
            morsel = SimpleCookie(self.headers.get("Cookie", "")).get(name)
        except CookieError:
            return ""
        return morsel.value if morsel else ""

    def _cookie(self, name: str, value: str) -> str:
        return f"{name}={value}; Path=/; HttpOnly; SameSite=Strict"

    def _go(self, path: str) -> None:
        self.send_response(HTTPStatus.SEE_OTHER)
        self.send_header("Location", path)
        self._end(b"", "text/plain")

    def _refuse(self, status: HTTPStatus, why: str) -> None:
        self.close_connection = True  # what was sent with it is not read
        self._send(f"{why}\n", "text/plain", status)

    def _send(self, content: str | bytes, kind: str, status: HTTPStatus = HTTPStatus.OK) -> None:
        self.send_response(status)
        self._end(content.encode() if isinstance(content, str) else content, kind)

    def _end(self, content: bytes, kind: str) -> None:
        for cookie in self._cookies:
            self.send_header("Set-Cookie", cookie)
        for name, value in (
            ("Content-Type", kind if kind == "image/png" else f"{kind}; charset=utf-8"),
            ("Content-Length", str(len(content))),
            ("Content-Security-Policy", _POLICY),
            ("X-Content-Type-Options", "nosniff"),
            ("Referrer-Policy", "same-origin"),  # none would take the origin from our own forms
            ("Cross-Origin-Resource-Policy", "same-origin"),
            ("Cache-Control", "private, max-age=3600" if kind == "image/png" else "no-store"),
        ):
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002 - its name in the library
        """Requests are no news; the address bears the key."""
        _log.debug("answered %s", self.command)
