"""The name of the route that a request came to: its template, never the path, for a path has ids in it."""

from starlette.types import Scope


def route_template(scope: Scope) -> str:
    """The path of the route that answered; everything without one (the UI's files, unknown paths) is `other`.

    A route knows its path below the prefix that its router was mounted under. The prefix is what the request's path has
    more in front; a template that takes several segments would make that wrong, and is given as it is.
    """
    template: str | None = getattr(scope.get("route"), "path", None)
    if template is None:
        return "other"
    if ":path}" in template:
        return template
    segments = scope["path"].split("/")
    prefix = segments[: max(0, len(segments) - template.count("/"))]
    return "/".join(prefix) + template
