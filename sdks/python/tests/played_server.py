"""A server played by a test, so that it can be as bad as no real one is when asked to."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


def success(data):
    return 200, {}, {"status": "success", "message": "Done", "data": data}


def failure(status, code, details=None, headers=None):
    body = {"status": "error", "message": f"It is {code}", "code": code, "details": details or {}}
    return status, headers or {}, body


class PlayedServer:
    """Answers with one play after the other: 'cut', or status, headers and body."""

    def __init__(self, *plays):
        self.plays = list(plays)
        self.asked = []
        played = self

        class Handler(BaseHTTPRequestHandler):
            def answer(self):
                length = int(self.headers.get("Content-Length") or 0)
                body = self.rfile.read(length).decode()
                played.asked.append((self.command, self.path, dict(self.headers), body))
                play = played.plays.pop(0) if played.plays else success({})
                if play == "cut":
                    self.close_connection = True
                    return
                status, headers, content = play
                text = content if isinstance(content, str) else json.dumps(content)
                self.send_response(status)
                for name, value in {"Content-Length": str(len(text)), **headers}.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(text.encode())

            do_GET = do_POST = do_PUT = do_DELETE = answer

            def log_message(self, *_):
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}"

    def __enter__(self):
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(self, *_):
        self._server.shutdown()
        self._server.server_close()

    @property
    def keys(self):
        return [headers.get("Idempotency-Key") for _, _, headers, _ in self.asked]
