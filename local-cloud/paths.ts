import { join } from 'path';

/** The root of the repository. */
export const ROOT = join(__dirname, '..');

/** Keeps files between two runs of the local cloud. Git ignores it. */
export const CACHE = join(ROOT, '.local-cloud');
