"""Prints the text of an HTML page. usage: python3 page_text.py <page>"""
import re
import sys
from html.parser import HTMLParser
from pathlib import Path


class Text(HTMLParser):
    """Collects the text below the element with the role 'main'."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self.is_in_main = False

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.is_in_main = self.is_in_main or tag == "main"
        if tag in ("p", "li", "dt", "dd", "h1", "h2", "h3", "section", "div", "pre"):
            self.handle_data("\n")

    def handle_endtag(self, tag: str) -> None:
        self.is_in_main = self.is_in_main and tag != "main"

    def handle_data(self, data: str) -> None:
        if self.is_in_main:
            self.parts.append(data)


page = Text()
page.feed(Path(sys.argv[1]).read_text())
print(re.sub(r"\n\s*\n+", "\n\n", "".join(page.parts)))
