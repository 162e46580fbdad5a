import { JobTag, OWNERSHIP_TAG_PREFIX } from '../provider/contract';
import { RequestProblem } from '../validation/problems';

/** The service allows 50 tags, and the job carries four ownership tags. */
const MOST_TAGS = 46;

/** Checks the rules of a job's tags that are not in the service model. */
export function tagRules(tags: readonly JobTag[]): RequestProblem[] {
  const found: RequestProblem[] = [];
  if (tags.length > MOST_TAGS) {
    found.push({
      path: ['Tags'],
      value: `${tags.length} tags`,
      allowed: `must be at most ${MOST_TAGS}, for the job carries four that say whose it is`,
      remedy: `Remove ${tags.length - MOST_TAGS}, or keep some from this job: Tags.of(job).remove(key).`,
    });
  }
  tags.forEach(({ Key }, index) => {
    const reserved = ['aws:', OWNERSHIP_TAG_PREFIX].find((prefix) => Key.toLowerCase().startsWith(prefix));
    if (reserved !== undefined) {
      found.push({ path: ['Tags', index, 'Key'], value: Key, allowed: `must not begin with '${reserved}', which is reserved`, remedy: 'Choose another key.' });
    }
  });
  return found;
}
