/** Anything as long as this is masked wherever it stands: nobody writes it by chance. */
const LONG = 8;
/** Anything shorter than this, such as a number, is masked only where it is quoted as a value. */
const WORD = 4;

const MASK = '***';

/**
 * A text without the values that may be secrets. The service quotes what it rejects, and reasons end up in logs.
 *
 * @param secrets - the values
 * @param known - whatever else the reader knows of the request: a value that stands in there is no secret
 */
export function withoutSecrets(text: string, secrets: readonly string[], known: readonly string[]): string {
  const spans = secrets
    .filter((secret) => secret.trim() !== '' && !known.some((other) => isPartOf(secret.trim(), other)))
    .flatMap((secret) => spansOf(secret, text))
    .sort(([a], [b]) => a - b);
  let masked = '';
  let end = 0;
  for (const [from, to] of spans) {
    // Values that overlap are one: what is left of either would tell of it.
    if (from >= end) masked += text.slice(end, from) + MASK;
    end = Math.max(end, to);
  }
  return masked + text.slice(end);
}

/** As a whole name: `data` is a part of `s3://data/raw`, and none of `s3://my-data/raw`. */
function isPartOf(value: string, text: string): boolean {
  return new RegExp(`(?<![\\p{L}\\p{N}_-])${escaped(value)}(?![\\p{L}\\p{N}_-])`, 'u').test(text);
}

/** Where a value stands in a text, as it is or in an encoding. */
function spansOf(value: string, text: string): [number, number][] {
  return formsOf(value).flatMap((form) => [...text.matchAll(beginningsOf(form))].map(({ index }): [number, number] => [index, index + form.length]));
}

function formsOf(value: string): string[] {
  const json = JSON.stringify(value).slice(1, -1);
  const url = encodeURIComponent(Buffer.from(value).toString());
  return [value, value.trim(), value.trim().replace(/\s+/g, ' '), json, JSON.stringify(json).slice(1, -1), url];
}

/** Matches are empty, so that none hides another that overlaps it. */
function beginningsOf(form: string): RegExp {
  const text = escaped(form);
  if (form.length >= LONG) return new RegExp(`(?=${text})`, 'gu');
  if (form.length >= WORD) return new RegExp(`(?<![\\p{L}\\p{N}])(?=${text}(?![\\p{L}\\p{N}]))`, 'gu');
  return new RegExp(`(?<=['"\`=])(?=${text}(?:['"\`,;}\\])]|$))`, 'gu');
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}
