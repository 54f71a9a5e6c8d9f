"""Content negotiation of GraphQL over HTTP: which media type an `Accept` header gets."""

from functools import lru_cache

RESPONSE = "application/graphql-response+json"
JSON = "application/json"
EVENTS = "text/event-stream"
HTML = "text/html"
OFFERS = (RESPONSE, JSON, EVENTS)


@lru_cache(maxsize=256)
def negotiate(accept: str | None) -> str | None:
    """The best of our media types, or None if nothing fits. A client that does not say gets `application/json`."""
    if accept is None or not accept.strip():
        return JSON
    best, quality = None, 0.0
    for pattern, weight in _ranges(accept):
        offer = _match(pattern)
        if offer is not None and weight > quality:
            best, quality = offer, weight
    return best


@lru_cache(maxsize=256)
def wants_page(accept: str | None) -> bool:
    """Whether a browser asks for a page."""
    return accept is not None and any(pattern == HTML for pattern, _ in _ranges(accept))


@lru_cache(maxsize=64)
def is_json(content_type: str | None) -> bool:
    """Whether a body is JSON in UTF-8."""
    kind, _, parameters = (content_type or "").lower().partition(";")
    charset = parameters.partition("charset=")[2].strip(' "')
    return kind.strip() == JSON and charset in ("", "utf-8", "utf8")


def _match(pattern: str) -> str | None:
    if pattern in ("*/*", "application/*"):
        return JSON
    return pattern if pattern in OFFERS else None


def _ranges(accept: str) -> list[tuple[str, float]]:
    ranges: list[tuple[str, float]] = []
    for part in accept.split(","):
        pattern, *parameters = (piece.strip().lower() for piece in part.split(";"))
        charset = next((one[8:] for one in parameters if one.startswith("charset=")), "utf-8")
        if charset in ("utf-8", "utf8"):
            ranges.append((pattern, _quality(parameters)))
    return ranges


def _quality(parameters: list[str]) -> float:
    try:
        return next((float(one[2:]) for one in parameters if one.startswith("q=")), 1.0)
    except ValueError:
        return 0.0
