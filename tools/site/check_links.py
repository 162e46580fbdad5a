"""Fails when a link within the site leads nowhere, to a page or to an anchor."""
import html.parser
import pathlib
import sys
import urllib.parse

site = pathlib.Path(sys.argv[1]).resolve()


class Page(html.parser.HTMLParser):
    def __init__(self):
        super().__init__()
        self.links, self.anchors = [], set()

    def handle_starttag(self, tag, attributes):
        values = dict(attributes)
        self.anchors.update(value for value in (values.get('id'), values.get('name') if tag == 'a' else None) if value)
        if tag in ('a', 'link') and values.get('href'):
            self.links.append(values['href'])
        if tag in ('img', 'script') and values.get('src'):
            self.links.append(values['src'])


pages = {}
for file in site.rglob('*.html'):
    page = pages[file] = Page()
    page.feed(file.read_text())

dead, checked = [], 0
for file, page in pages.items():
    if file.name == '404.html':
        continue
    for link in page.links:
        if urllib.parse.urlsplit(link).scheme or link.startswith('//'):
            continue
        checked += 1
        path, anchor = urllib.parse.urldefrag(urllib.parse.unquote(link))
        found = (file.parent / path).resolve() if path else file
        if found.is_dir():
            found /= 'index.html'
        # `#__…` are the theme's own switches.
        if not found.exists() or (anchor and not anchor.startswith('__') and found in pages and anchor not in pages[found].anchors):
            dead.append(f'{file.relative_to(site)}: {link}')
for link in (site / 'llms.txt').read_text().split('](')[1:]:
    checked += 1
    if not (site / link.split(')')[0] / 'index.html').exists():
        dead.append(f'llms.txt: {link.split(")")[0]}')
print('\n'.join(dead[:40]))
print(f'{checked} links on {len(pages)} pages, {len(dead)} dead')
sys.exit(1 if dead or checked < 1000 else 0)
