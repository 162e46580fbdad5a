/**
 * Each decision says whether it holds, and since when; the index has all of them.
 */
import { existsSync, readdirSync, readFileSync } from 'fs';
import * as path from 'path';

const DECISIONS = path.join(__dirname, '..', '..', 'docs', 'decisions');
const files = readdirSync(DECISIONS).filter((file) => /^\d/.test(file)).sort();
const index = readFileSync(path.join(DECISIONS, 'README.md'), 'utf8');

const STATUS = /^Status: accepted on (\d{4}-\d\d-\d\d)(?:; ((?:changed|replaced) by \[(\d{4})\]\((\3-[a-z0-9-]+\.md)\)) on (\d{4}-\d\d-\d\d))?\.$/;

interface Decision {
  readonly title: string;
  readonly accepted: string;
  /** What has become of it, and the decision that says why. */
  readonly change?: { readonly text: string; readonly file: string; readonly date: string };
}

function read(file: string): Decision {
  const [heading, empty, status, ...rest] = readFileSync(path.join(DECISIONS, file), 'utf8').split('\n');
  const [, accepted, text, , changedBy, date] = STATUS.exec(status) ?? [];
  if (!heading.startsWith('# ') || empty !== '' || accepted === undefined || rest[0] !== '') {
    throw new Error(`${file} does not begin with its title, an empty line, its status, such as 'Status: accepted on 2026-11-23.', and an empty line.`);
  }
  return { title: heading.slice(2), accepted, change: text === undefined ? undefined : { text, file: changedBy, date } };
}

test.each(files)('%s has a status with its date', (file) => {
  const { accepted, change } = read(file);
  expect(Date.parse(accepted)).not.toBeNaN();
  if (change !== undefined) {
    expect(existsSync(path.join(DECISIONS, change.file))).toBe(true);
    expect(change.file > file).toBe(true);
    expect(change.date >= accepted).toBe(true);
  }
});

test('the index has each of them, with title and status', () => {
  const rows = files.map((file) => {
    const { title, change } = read(file);
    return `| [${file.slice(0, 4)}](${file}) | ${title} | ${change?.text ?? 'accepted'} |`;
  });
  expect(index.split('\n').filter((line) => line.startsWith('| ['))).toEqual(rows);
});
