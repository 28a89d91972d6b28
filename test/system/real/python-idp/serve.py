"""The HTTP side of an identity provider that is a Python library: it owns the sockets, the library owns the SAML."""

import html
import json
import sys
import traceback
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import urlsplit


def form(action, message, relay_state):
    """What a browser would post next (SAML Bindings 3.5.4)."""
    fields = {"SAMLResponse": message, "RelayState": relay_state or ""}
    inputs = "".join(
        f'<input type="hidden" name="{name}" value="{html.escape(value)}">' for name, value in fields.items()
    )
    return f'<form method="post" action="{html.escape(action)}">{inputs}</form>'


def serve(make_idp):
    """`make_idp(base_url)` gives an object with `metadata`, `configure(settings)`, `sign_on(method, query, body)` and
    `unsolicited()`. Whatever it raises is its refusal: the answer is 400 with the name of the exception."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            self.answer("GET")

        def do_POST(self):
            self.answer("POST")

        def answer(self, method):
            address = urlsplit(self.path)
            body = self.rfile.read(int(self.headers.get("content-length") or 0)).decode()
            try:
                self.send(200, self.route(method, address, body))
            except Exception as refusal:  # pylint: disable=broad-except
                traceback.print_exc()
                self.send(400, f"refused: {type(refusal).__name__}")

        def route(self, method, address, body):
            if address.path == "/metadata":
                return idp.metadata
            if address.path == "/configure":
                idp.configure(json.loads(body))
                return ""
            if address.path == "/unsolicited":
                return idp.unsolicited()
            if address.path == "/sso":
                return idp.sign_on(method, address.query, body)
            raise LookupError(address.path)

        def send(self, status, text):
            content = text.encode()
            self.send_response(status)
            self.send_header("content-type", "text/html; charset=utf-8")
            self.send_header("content-length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_):
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    base_url = f"http://127.0.0.1:{server.server_port}"
    idp = make_idp(base_url)
    print(base_url, flush=True)
    sys.stdout.flush()
    server.serve_forever()
