"""Writes the pages of the site, its configuration and llms.txt: README, docs, examples, and a page for each type of API.md."""
import json
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
OWN = 'https://github.com/cdk-sagemaker-jobs/cdk-sagemaker-jobs/blob/main/'

SECTIONS = {
    'Guides': ['cookbook', 'life-of-a-job', 'step-functions', 'schedules', 'permissions', 'costs', 'troubleshooting'],
    'Coming from': ['from-cfn-processing-job', 'from-aws-custom-resource', 'from-step-functions-json', 'from-sagemaker-python-sdk'],
    'Languages': ['python', 'java', 'csharp', 'go'],
    'Why': ['comparison', 'validation-comparison', 'what-is-caught', 'benchmarks', 'architecture', 'releasing'],
}


def slug(heading):
    """The anchor that GitHub gives a heading."""
    return re.sub(r'[^\w -]', '', heading.lower()).replace(' ', '-')


def api_pages(text):
    """The path and text of a page for each type, and the page of each anchor."""
    kinds = re.split(r'^## (\w+) <a [^\n]*\n', text, flags=re.M)[1:]
    pages, home = {}, {}
    for kind, body in zip(kinds[::2], kinds[1::2]):
        for part in re.split(r'^(?=### )', body, flags=re.M):
            name = re.match(r'### (\w+) ', part)
            if name is None:
                continue
            path = f'api/{name[1]}.md'
            pages[path] = (kind, name[1], part)
            for anchor in re.findall(r' id="([^"]+)"', part):
                home[anchor] = path
    return pages, home


def render_api(pages, home):
    out = {}
    for path, (kind, name, text) in pages.items():
        text = re.sub(r'^#(#+ )', r'\1', text, flags=re.M)
        text = re.sub(r'^#(# )', r'\1', text, flags=re.M, count=1)

        def link(match):
            page = home.get(match[1])
            if page is None:
                return match[0]
            return f'href="{"" if page == path else "../" + page.split("/")[1][:-3] + "/"}#{match[1]}"'
        text = re.sub(r'href="#([^"]+)"', link, text)
        # API.md repeats the names of the members that it links to; the id is the anchor.
        text = re.sub(r'<a name="[^"]*" id="([^"]+)"></a>', r'<a id="\1"></a>', text)
        out[path] = text
    return out


def main(target):
    docs = target / 'docs'
    files = {'index.md': ROOT / 'README.md', 'contributing.md': ROOT / 'CONTRIBUTING.md', 'security.md': ROOT / 'SECURITY.md'}
    for source in sorted((ROOT / 'docs').rglob('*.md')):
        relative = source.relative_to(ROOT / 'docs').as_posix()
        files[relative.replace('decisions/README.md', 'decisions/index.md')] = source
    files['examples.md'] = ROOT / 'examples' / 'README.md'
    files['local-cloud.md'] = ROOT / 'local-cloud' / 'README.md'
    place = {source: path for path, source in files.items()}

    def relocate(path, source):
        def target_of(link):
            if link.startswith(OWN):
                link, base = link[len(OWN):], ROOT
            elif re.match(r'\w+:|#', link):
                return link
            else:
                base = source.parent
            file, _, anchor = link.partition('#')
            found = (base / file).resolve()
            page = 'api/index.md' if found == ROOT / 'API.md' else place.get(found)
            if page is None and (found / 'README.md') in place:
                page = place[found / 'README.md']
            if page is None:
                # A file that is no page is shown by GitHub.
                return OWN + found.relative_to(ROOT).as_posix()
            up = '../' * path.count('/')
            return up + page + (f'#{anchor}' if anchor else '')

        def in_prose(text):
            text = re.sub(r'\]\(([^)\s]+)\)', lambda match: f']({target_of(match[1])})', text)
            return re.sub(r'^(\[[^\]]+\]: )(\S+)$', lambda match: match[1] + target_of(match[2]), text, flags=re.M)

        parts = re.split(r'(^```.*?^```$)', source.read_text(), flags=re.M | re.S)
        text = ''.join(part if part.startswith('```') else in_prose(part) for part in parts)
        # Options of rosetta's fences are none of the generator's.
        return re.sub(r'^```ts fixture=\w+$', '```ts', text, flags=re.M)

    texts = {path: relocate(path, source) for path, source in files.items()}
    pages, home = api_pages((ROOT / 'API.md').read_text())
    texts.update(render_api(pages, home))

    index = ['# API', '', 'Each public class, struct and enum. Examples are in TypeScript; the pages of the languages say how to spell them.', '']
    kinds = {}
    for path, (kind, name, _) in pages.items():
        kinds.setdefault(kind, []).append((name, path))
    for kind, members in kinds.items():
        index += [f'## {kind}', '', *(f'- [{name}]({name}.md)' for name, _ in sorted(members)), '']
    texts['api/index.md'] = '\n'.join(index)

    for path, text in texts.items():
        file = docs / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)

    title = lambda path: re.search(r'^# (.+)$', texts[path], re.M)[1].replace('`', '')
    known = {'index.md', 'api/index.md', 'decisions/index.md', 'contributing.md', 'security.md', 'examples.md', 'local-cloud.md'}
    known |= {f'{name}.md' for names in SECTIONS.values() for name in names}
    others = [path for path in texts if path not in known and not path.startswith(('api/', 'decisions/', 'benchmarks/'))]
    nav = [{'Home': 'index.md'}]
    for section, names in SECTIONS.items():
        extra = others if section == 'Guides' else []
        nav.append({section: [{title(path): path} for path in [f'{name}.md' for name in names] + extra if path in texts]})
    nav.append({'Examples': ['examples.md', 'local-cloud.md']})
    nav.append({'API': ['api/index.md', *({kind: [{name: path} for name, path in sorted(members)]} for kind, members in kinds.items())]})
    decisions = sorted(path for path in texts if path.startswith('decisions/') and path != 'decisions/index.md')
    nav.append({'Project': [{'Contributing': 'contributing.md'}, {'Security': 'security.md'}, {'Decisions': ['decisions/index.md', *decisions]}]})

    config = {
        'site_name': 'cdk-sagemaker-jobs',
        'repo_url': 'https://github.com/cdk-sagemaker-jobs/cdk-sagemaker-jobs',
        'docs_dir': 'docs',
        'nav': nav,
        # No fonts of others: the site works without a network, and tells nobody who reads it.
        'theme': {'name': 'material', 'font': False, 'features': ['navigation.tabs', 'navigation.prune', 'navigation.top', 'content.code.copy', 'search.suggest']},
        'plugins': ['search'],
        'markdown_extensions': ['tables', 'attr_list', 'md_in_html', 'pymdownx.superfences', {'pymdownx.highlight': {'anchor_linenums': False}}],
        'not_in_nav': 'benchmarks/',
        'validation': {'links': {'anchors': 'ignore', 'unrecognized_links': 'ignore'}},
    }
    # JSON is YAML, but for the slugs, which are those of GitHub.
    text = json.dumps(config, indent=1)
    text = text[:-1].rstrip() + ',\n "extra_css": ["phone.css"]}'
    (docs / 'phone.css').write_text(
        '.md-typeset code, .md-typeset h1, .md-typeset h3, .md-typeset a, .md-typeset p, .md-typeset li { overflow-wrap: anywhere }\n'
        '.md-typeset table:not([class]) td { min-width: 6rem }\n')
    (target / 'mkdocs.yml').write_text(text.replace('"tables"', '"tables", {"toc": {"permalink": true, "slugify": "@SLUGIFY@"}}')
                                       .replace('"@SLUGIFY@"', '!!python/object/apply:pymdownx.slugs.slugify {"kwds": {"case": "lower"}}'))

    site = lambda path: re.sub(r'(^|/)index\.md$', r'\1', path).replace('.md', '/')
    first = lambda path: ' '.join(re.split(r'\n\s*\n', re.sub(r'<!--.*?-->', '', texts[path], flags=re.S).strip())[1].split())
    lines = ['# cdk-sagemaker-jobs', '', '> ' + first('index.md'), '']
    for section, names in [('Docs', ['index.md', *(f'{name}.md' for names in SECTIONS.values() for name in names), 'examples.md']), ('API', sorted(pages))]:
        lines += [f'## {section}', '']
        lines += [f'- [{title(path) if section == "Docs" else pages[path][1]}]({site(path) or "./"})' for path in names if path in texts] + ['']
    (target / 'llms.txt').write_text('\n'.join(lines))
    print(f'{len(texts)} pages, of which {len(pages)} are of the API')


main(pathlib.Path(sys.argv[1]))
