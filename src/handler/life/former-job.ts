import { TaggedJob } from './jobs';
import { Look } from './look';
import { isNameOf } from './names';
import { secondsSinceStart } from '../event';
import { isImplicitDenial } from '../services/errors';

/** How long IAM may take to know a change of the provider's policy. It mostly takes seconds. */
const POLICY_SECONDS = 60;

/**
 * Describes a job that the template may no longer have: CloudFormation changes the provider's policy before it removes the job. Every
 * policy of the library allows looking at jobs of the stack, by their tags, and at generated names. So when a look at a given name is
 * denied for long enough, the name is not ours, or its job is gone.
 */
export async function describeFormer(look: Look, name: string): Promise<TaggedJob | undefined> {
  try {
    return await look.jobs.describeWithTags(name);
  } catch (error) {
    const isGiven = !isGenerated(name, look);
    if (isGiven && isImplicitDenial(error) && secondsSinceStart(look.event, look.services) >= POLICY_SECONDS) return undefined;
    throw error;
  }
}

function isGenerated(name: string, { event: { ResourceProperties: present, OldResourceProperties: old } }: Look): boolean {
  return [present, old].some((properties) => properties?.JobNamePrefix !== undefined && isNameOf(name, { ...properties, JobName: undefined }));
}
