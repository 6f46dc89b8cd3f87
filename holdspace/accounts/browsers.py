"""The family of a browser and the kind of system it runs on, out of what it says of itself. No version, no model: enough for
its owner to know it again, too little to tell two people apart."""

# The first that is named wins: Edge and Opera also say Chrome, and Chrome also says Safari.
_BROWSERS = {
    "Firefox/": "Firefox",
    "FxiOS/": "Firefox",
    "Edg": "Edge",
    "OPR/": "Opera",
    "SamsungBrowser/": "Samsung Internet",
    "Chrome/": "Chrome",
    "CriOS/": "Chrome",
    "Safari/": "Safari",
}
_SYSTEMS = {
    "Android": "Android",
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Windows": "Windows",
    "CrOS": "Chromebook",
    "Macintosh": "Mac",
    "Linux": "Linux",
}


def kind_of(user_agent: str) -> tuple[str, str]:
    """(browser, system), each a name people know or "" for what nobody has heard of."""
    return _first(_BROWSERS, user_agent), _first(_SYSTEMS, user_agent)


def _first(names: dict[str, str], text: str) -> str:
    return next((name for sign, name in names.items() if sign in text), "")
