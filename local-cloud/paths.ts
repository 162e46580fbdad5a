import { join } from 'path';

/** The root of the repository. */
export const ROOT = join(__dirname, '..');

/** Everything that the local cloud keeps between two runs. Not under version control. */
export const CACHE = join(ROOT, '.local-cloud');
