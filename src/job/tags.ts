import { TagManager, TagType } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { JobKind } from './job-kind';
import { rootStack } from '../cdk/cross-stack';
import { JobTag, OWNERSHIP_TAG_PREFIX } from '../provider/contract';
import { RequestProblem } from '../validation/problems';

/** A tag manager with the tags of the stack, which CloudFormation gives to resources of its own types alone. */
export function tagManagerOf(scope: Construct, { type }: JobKind): TagManager {
  const stackTags: JobTag[] = rootStack(scope).tags.renderTags() ?? [];
  return new TagManager(TagType.STANDARD, type, stackTags.map(({ Key: key, Value: value }) => ({ key, value })));
}

/** The tags of tag managers, sorted by key. Of two with the same key, the later one counts. */
export function tagsOf(...managers: (TagManager | undefined)[]): JobTag[] {
  const tags = managers.flatMap((manager): { key: string; value: string }[] => manager?.renderTags() ?? []);
  // Not an object, since the key of a tag may be __proto__.
  const byKey = new Map(tags.map(({ key, value }) => [key, value]));
  return [...byKey].map(([Key, Value]) => ({ Key, Value })).sort((left, right) => left.Key < right.Key ? -1 : 1);
}

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
