/**
 * The documentation's links lead somewhere. Those to other sites are not followed.
 */
import { existsSync, readdirSync, readFileSync } from 'fs';
import * as path from 'path';

const ROOT = path.join(__dirname, '..', '..');
const OWN = 'https://github.com/cdk-sagemaker-jobs/cdk-sagemaker-jobs/blob/main/';

const pages = [
  'README.md', 'CONTRIBUTING.md', 'examples/README.md', 'local-cloud/README.md',
  ...readdirSync(path.join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.md')).map((file) => path.join('docs', file)),
];

function textOf(page: string): string {
  return readFileSync(path.join(ROOT, page), 'utf8');
}

/** Targets of links in the text, and of references at the end. */
function targetsOf(page: string): string[] {
  const prose = textOf(page).replace(/^```.*?^```$/gms, '').replace(/`[^`\n]*`/g, '');
  return [...prose.matchAll(/\]\(([^)\s]+)\)|^\[[^\]]+\]: (\S+)$/gm)].map(([, inline, reference]) => inline ?? reference);
}

function anchorsOf(page: string): string[] {
  return [...textOf(page).matchAll(/^#+ (.+)$/gm)].map(([, heading]) => heading.toLowerCase().replace(/[^\p{L}\p{N} _-]/gu, '').replace(/ /g, '-'));
}

test.each(pages)('%s links to what is there', (page) => {
  const broken = targetsOf(page).filter((target) => {
    if (/^https?:/.test(target) && !target.startsWith(OWN)) {
      return false;
    }
    const [file, anchor] = target.replace(OWN, '').split('#');
    const folder = target.startsWith(OWN) ? ROOT : path.dirname(path.join(ROOT, page));
    const found = file === '' ? path.join(ROOT, page) : path.join(folder, file);
    return !existsSync(found) || (anchor !== undefined && !anchorsOf(path.relative(ROOT, found)).includes(anchor));
  });
  expect(broken).toEqual([]);
});

test('the README, which package registries show as well, has no relative links to files', () => {
  expect(targetsOf('README.md').filter((target) => !/^(https:|#)/.test(target))).toEqual([]);
});

test.each(['README.md', 'docs/comparison.md', 'docs/costs.md'])('%s uses each reference that it defines, and defines each that it uses', (page) => {
  const text = textOf(page).replace(/^```.*?^```$/gms, '');
  const defined = [...text.matchAll(/^\[([^\]]+)\]: /gm)].map(([, name]) => name);
  const used = [...text.matchAll(/\]\[([^\]]+)\]/g)].map(([, name]) => name);
  expect([...new Set(used)].sort()).toEqual(defined.sort());
});
