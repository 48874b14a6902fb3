"""Keeps the playground on this machine, and its pages to themselves."""

from __future__ import annotations

from urllib.parse import urlsplit

from aiohttp import web
from aiohttp.typedefs import Handler

_HERE = frozenset({"127.0.0.1", "localhost", "::1"})

_HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
        "connect-src 'self'; form-action 'self'; base-uri 'none'; "
        "frame-ancestors 'none'"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


async def add_headers(_request: web.Request, response: web.StreamResponse) -> None:
    """Add the security headers to every response that has not its own."""
    for name, value in _HEADERS.items():
        response.headers.setdefault(name, value)


@web.middleware
async def same_machine(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Refuse who reached this address under another name, or from another page.

    A page of the web can have its own name lead here (DNS rebinding), and any page
    can send a form here; a browser says so in Host and Origin.
    """
    host = _host_of(f"//{request.headers.get('Host', '')}")
    if host not in _HERE:
        raise web.HTTPMisdirectedRequest(text="The playground is on this machine only.")
    origin = request.headers.get("Origin")
    if origin is not None and origin != f"http://{request.host}":
        raise web.HTTPForbidden(text="Another page may not do this.")
    if request.headers.get("Sec-Fetch-Site") in {"cross-site", "same-site"} and not (
        request.method == "GET" and request.headers.get("Sec-Fetch-Mode") == "navigate"
    ):
        raise web.HTTPForbidden(text="Another page may not do this.")
    return await handler(request)


def _host_of(address: str) -> str | None:
    try:
        return urlsplit(address).hostname
    except ValueError:
        return None
