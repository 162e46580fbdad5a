/** The length from which a secret is masked everywhere, since it does not occur by chance. */
const LONG = 8;
/** The length below which a secret, such as a number, is masked only where it is quoted. */
const WORD = 4;

const MASK = '***';

/**
 * Masks values in a text that may be secrets. The service quotes what it rejects, and reasons end up in logs.
 *
 * @param secrets - the values
 * @param known - other texts of the request. A value that is part of them is not secret
 */
export function withoutSecrets(text: string, secrets: readonly string[], known: readonly string[]): string {
  const spans = secrets
    .filter((secret) => secret.trim() !== '' && !known.some((other) => isPartOf(secret.trim(), other)))
    .flatMap((secret) => spansOf(secret, text))
    .sort(([a], [b]) => a - b);
  let masked = '';
  let end = 0;
  for (const [from, to] of spans) {
    // Overlapping values are masked as one, since the rest of either would reveal a part.
    if (from >= end) masked += text.slice(end, from) + MASK;
    end = Math.max(end, to);
  }
  return masked + text.slice(end);
}

/** Whether a value is a whole part of a text: `data` is a part of `s3://data/raw` but not of `s3://my-data/raw`. */
function isPartOf(value: string, text: string): boolean {
  return new RegExp(`(?<![\\p{L}\\p{N}_-])${escaped(value)}(?![\\p{L}\\p{N}_-])`, 'u').test(text);
}

/** The positions of a value in a text, as it is or encoded. */
function spansOf(value: string, text: string): [number, number][] {
  return formsOf(value).flatMap((form) => [...text.matchAll(beginningsOf(form))].map(({ index }): [number, number] => [index, index + form.length]));
}

function formsOf(value: string): string[] {
  const json = JSON.stringify(value).slice(1, -1);
  const url = encodeURIComponent(Buffer.from(value).toString());
  return [value, value.trim(), value.trim().replace(/\s+/g, ' '), json, JSON.stringify(json).slice(1, -1), url];
}

/** An expression with empty matches, so that overlapping occurrences are found. */
function beginningsOf(form: string): RegExp {
  const text = escaped(form);
  if (form.length >= LONG) return new RegExp(`(?=${text})`, 'gu');
  if (form.length >= WORD) return new RegExp(`(?<![\\p{L}\\p{N}])(?=${text}(?![\\p{L}\\p{N}]))`, 'gu');
  return new RegExp(`(?<=['"\`=])(?=${text}(?:['"\`,;}\\])]|$))`, 'gu');
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}
