"""Style sheets inside a page: the few properties that change its text, applied to the elements.

Only simple selectors are applied (`del.old`, `ol ol`, `ol > li > ol`), https://www.w3.org/TR/selectors-3/.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import chain

from lxml import html

PROPERTIES = ("list-style", "list-style-type", "text-decoration", "text-decoration-line")
RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
COMMENT = re.compile(r"/\*.*?\*/|<!--|-->", re.DOTALL)
STEP = re.compile(r"\s*(>?)\s*([a-z][a-z0-9]*|\*)?((?:[.#][\w-]+)*)(?=[\s>]|$)", re.IGNORECASE)
MOST_RULES = 2000
STRUCK_TAGS = frozenset({"del", "s", "strike"})


def apply_stylesheets(root: html.HtmlElement) -> None:
    """Write the declarations that change the text into the `style` attributes of the elements they apply to."""
    text = COMMENT.sub("", " ".join(element.text or "" for element in root.iter("style")))
    rules = list(chain.from_iterable(map(rules_of, RULE.findall(text)[:MOST_RULES])))
    stated = {element: element.get("style") for element in root.iter() if isinstance(element.tag, str)}
    for _, path, declarations in sorted(rules, key=lambda rule: rule[0]):
        for element in root.xpath(path):
            element.set("style", f"{element.get('style') or ''};{declarations}")
    for element, own in stated.items():
        if own and element.get("style") != own:
            element.set("style", f"{element.get('style')};{own}")  # what an element states itself comes last and wins


def rules_of(rule: tuple[str, str]) -> Iterator[tuple[int, str, str]]:
    """Specificity, XPath and declarations of each selector of a rule that can be applied."""
    declarations = ";".join(part for part in rule[1].split(";") if part.partition(":")[0].strip().lower() in PROPERTIES)
    for selector in rule[0].split(",") if declarations else []:
        if path := xpath_of(selector.strip()):
            weight = 100 * selector.count("#") + 10 * selector.count(".") + len(selector.replace(">", " ").split())
            yield weight, path, declarations


def xpath_of(selector: str) -> str | None:
    """A selector as an XPath, None if it is not simple.

    >>> xpath_of("ol > li"), xpath_of("li:first-child")
    ('//ol/li', None)
    >>> xpath_of("p.old")
    "//p[contains(concat(' ', normalize-space(@class), ' '), ' old ')]"
    """
    path, offset = "", 0
    while offset < len(selector):
        step = STEP.match(selector, offset)
        if step is None or not (step[2] or step[3]):
            return None
        path += ("/" if step[1] else "//") + (step[2] or "*").lower() + "".join(map(condition, names_in(step[3])))
        offset = step.end()
    return path or None


def names_in(text: str) -> Sequence[str]:
    """Class and id names with their signs."""
    return re.findall(r"[.#][\w-]+", text)


def condition(name: str) -> str:
    """The XPath condition of a class or an id."""
    if name.startswith("#"):
        return f"[@id='{name[1:]}']"
    return f"[contains(concat(' ', normalize-space(@class), ' '), ' {name[1:]} ')]"


def declared(element: html.HtmlElement, *names: str) -> str:
    """The value that applies of a property of an element, empty if there is none; of several names, the last stated."""
    found = ""
    for part in (element.get("style") or "").lower().split(";"):
        name, _, value = part.partition(":")
        if name.strip() in names:
            found = value.removesuffix("!important").strip()
    return found


def is_struck(element: html.HtmlElement) -> bool:
    """Whether the text of an element is struck through or marked as deleted."""
    return element.tag in STRUCK_TAGS or "line-through" in declared(element, "text-decoration", "text-decoration-line")
