"""The house rules that linters can't say (docs/house-rules.md), as functions from a text to what is wrong in it."""

import ast
import re
from collections.abc import Iterator

WRITING = {
    "create",
    "bulk_create",
    "get_or_create",
    "update_or_create",
    "bulk_update",
    "save",
    "delete",
    "truncate",
}
SQL_WRITE = re.compile(r"\s*(?:INSERT|UPDATE|DELETE|REPLACE)\s", re.IGNORECASE)


def writes(source: str) -> list[str]:
    """Calls that write rows, with their lines. `update` counts on a chain that began with a query."""
    return [f"line {getattr(node, 'lineno', 0)}" for node in ast.walk(ast.parse(source)) if _is_write(node)]


def _is_write(node: ast.AST) -> bool:
    if isinstance(node, ast.Constant):
        return isinstance(node.value, str) and bool(SQL_WRITE.match(node.value))
    if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
        return False
    chain = _names(node.func)
    return node.func.attr in WRITING or (
        node.func.attr == "update" and bool(chain & {"objects", "filter", "exclude", "all"})
    )


def _names(node: ast.AST) -> set[str]:
    found = set()
    while isinstance(node, ast.Attribute | ast.Call):
        if isinstance(node, ast.Attribute):
            found.add(node.attr)
            node = node.value
        else:
            node = node.func
    return found


def says_objects(source: str) -> list[str]:
    """Where `.objects` is said."""
    tree = ast.walk(ast.parse(source))
    return [
        f"line {node.lineno}" for node in tree if isinstance(node, ast.Attribute) and node.attr == "objects"
    ]


def foreign_forms(source: str, app: str) -> list[str]:
    """Imports of another app's forms."""
    pattern = re.compile(r"^\s*from holdspace\.(\w+)(?:\.forms import| import .*\bforms\b)", re.MULTILINE)
    return [other for other in pattern.findall(source) if other != app]


READERS = {"text", "text_or_file", "flag", "number", "secret", "secret_list", "address"}


def settings_read(source: str) -> set[str]:
    """Names that a settings file reads from the environment."""
    found = re.findall(r"\benv\.(\w+)\(\s*[\"']([A-Z_]+)[\"']", source)
    return {
        f"{name}_FILE" if reader.startswith("secret") else name for reader, name in found if reader in READERS
    }


# Templates ------------------------------------------------------------------------------------------------------------

DJANGO_COMMENT = re.compile(r"\{#.*?#\}|\{% comment %\}.*?\{% endcomment %\}|<!--.*?-->", re.DOTALL)
# A command to type and the name of a class are the same in every language.
SAME_EVERYWHERE = re.compile(r"<code\b.*?</code>|\{% block \w+_class %\}[\w -]*\{% endblock %\}", re.DOTALL)
TRANSLATED = re.compile(r"\{% blocktranslate\b.*?%\}.*?\{% endblocktranslate %\}", re.DOTALL)
DJANGO = re.compile(r"\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)
TAG = re.compile(r"<[^<>]*>", re.DOTALL)
SPOKEN = re.compile(r'\b(?:aria-label|title|alt|placeholder|label|data-say[\w-]*)\s*=\s*"([^"]*)"')
INLINE = re.compile(
    r"<script(?![^>]*\bsrc=)[^>]*>|<style\b|\sstyle\s*=|\son[a-z]+\s*=|javascript:", re.IGNORECASE
)
LETTERS = re.compile(r"[^\W\d_]{2,}")


def untranslated(template: str) -> list[str]:
    """Words for people that stand outside a translate tag, in text or in an attribute that is read out."""
    plain = SAME_EVERYWHERE.sub(" ", TRANSLATED.sub(" ", DJANGO_COMMENT.sub(" ", template)))
    without = DJANGO.sub(" ", plain)
    said = [TAG.sub("\n", without), *SPOKEN.findall(without)]
    return [line.strip() for text in said for line in text.splitlines() if LETTERS.search(_entities(line))]


def _entities(line: str) -> str:
    return re.sub(r"&\w+;", " ", line)


def inline(template: str) -> list[str]:
    """Inline scripts, styles and handlers: the policy of the page would block them."""
    return [match.group() for match in INLINE.finditer(DJANGO_COMMENT.sub(" ", template))]


# Everything a browser gets --------------------------------------------------------------------------------------------

ELSEWHERE = re.compile(r"""(?:https?:|wss?:|["'(=])//[a-z0-9-]+(?:\.[a-z0-9-]+)+[^\s"')]*""", re.IGNORECASE)
NAMESPACE = "http://www.w3.org/"


def third_parties(text: str) -> list[str]:
    """Addresses of other machines. Names of XML namespaces are no addresses: nobody asks for them."""
    return [found for found in ELSEWHERE.findall(text) if not found.startswith(NAMESPACE)]


# No likes, scores, ranks, streaks, badges, counts of posts, popularity, presence dots, read receipts, typing indicators.
MEASURES = re.compile(
    r"(?:^|_|-|\b)(?:likes?|upvotes?|votes?|scores?|ranks?|ranking|streaks?|badges?|karma|points|popular(?:ity)?|trending|leaderboard"
    r"|(?:view|reply|post|share|comment|reaction|like|word)s?[_-]?counts?|followers?|last[_-]seen|is[_-]online|online[_-]now"
    r"|typing|is[_-]typing|read[_-]receipts?|read[_-]by)(?:$|_|-|\b)",
    re.IGNORECASE,
)


def measures(names: Iterator[str] | list[str]) -> list[str]:
    """Names that measure people against one another."""
    return [name for name in names if MEASURES.search(name)]


def words_of_code(source: str) -> list[str]:
    """Names and short strings in Python code: attributes, arguments, keys."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Attribute):
            found.append(node.attr)
        elif isinstance(node, ast.Name):
            found.append(node.id)
        elif (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and re.fullmatch(r"[\w-]{1,40}", node.value)
        ):
            found.append(node.value)
    return found
