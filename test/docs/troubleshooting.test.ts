/** docs/troubleshooting.md has every message of the handler, and every warning. */
import { readdirSync, readFileSync } from 'fs';
import { join } from 'path';

const REPOSITORY = join(__dirname, '..', '..');
const GUIDE = readFileSync(join(REPOSITORY, 'docs', 'troubleshooting.md'), 'utf8');

function sources(folder: string): string {
  return readdirSync(join(REPOSITORY, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => readFileSync(join(REPOSITORY, folder, file), 'utf8'))
    .join('\n');
}

/** What a message always says: the longest part without values. */
function constantPart(message: string): string {
  return message.split(/\$\{[^}]*\}/).map((part) => part.replace(/^\W+|\W+$/g, '')).sort((a, b) => b.length - a.length)[0];
}

/** Those that are made without an error: what the function says of itself, and what is added to other messages. */
const OTHERS = [
  'The state machine could not be started.', 'The function that starts and watches jobs', ' was given up after ', 'It was tried for ',
  'It was started by an earlier deployment, and deploying it unchanged does not run it again', "The service refuses the credentials of the provider's function",
];

const messages = [...OTHERS, ...sources('src/handler').matchAll(/new (?:NotYet)?Error\((?:`([^`]+)`|'([^']+)')/g)]
  .map(([, template, text]) => constantPart(template ?? text));
const warnings = [...new Set([...sources('src').matchAll(/'cdk-sagemaker-jobs:(\w+)'/g)].map(([, id]) => id))];

test('there is something to look for', () => {
  expect(messages.length).toBeGreaterThanOrEqual(12);
  expect(warnings).toContain('instanceTypeNotInRegion');
});

test.each(messages.filter((message) => !message.startsWith('This handler does not know')))('the message "%s" is explained', (message) => {
  expect(GUIDE.includes(message)).toBe(true);
});

test.each(OTHERS)('the message "%s" is one', (message) => {
  expect(sources('src/handler')).toContain(message);
});

test.each(warnings)('the warning %s is explained', (id) => {
  expect(GUIDE.includes(`\`${id}\``)).toBe(true);
});
