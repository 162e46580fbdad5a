import { adviceOn, withAdvice } from './advice';
import { JobProperties } from '../../provider/contract';
import { CloudFormationEvent } from '../event';
import { TaggedJob } from './jobs';
import { definitionOf } from './names';
import { isOurs, ownershipTags, ownerText, wasOurs } from './ownership';
import { restoreTypes } from './restore-types';
import { withoutSecrets } from './secrets';
import { hasEnded, JobKind } from '../kinds/job-kind';
import { textOf } from '../services/errors';
import { Services } from '../services/services';

type JobEvent = CloudFormationEvent<JobProperties>;

/** Makes the Create call. The error of the service is the cause of the thrown error. */
export async function startJob(kind: JobKind, name: string, event: JobEvent, services: Services): Promise<void> {
  const properties = event.ResourceProperties;
  try {
    await kind.create(services.sageMaker, {
      ...restoreTypes(kind.requestShape, properties),
      [kind.nameMember]: name,
      Tags: [...properties.Tags ?? [], ...ownershipTags(event, definitionOf(properties))],
    });
  } catch (error) {
    const [, , , region] = event.StackId.split(':');
    const text = withoutEnvironment(`The ${kind.noun} ${name} could not be ${kind.creation}. ${textOf(error)}`, name, event);
    // Put the advice last, since texts that are too long are cut in the middle.
    throw new Error(withAdvice(text, adviceOn(error, properties, region)), { cause: error });
  }
}

/** The error for a name that is in use: who owns the job, and what to do. */
export function nameTaken(kind: JobKind, job: TaggedJob, event: JobEvent): Error {
  const isDeletable = kind.delete !== undefined && (isOurs(job.tags, event) || wasOurs(job.tags, event));
  return new Error(`The name ${job.name} is taken by ${/^[aeio]/i.test(kind.noun) ? 'an' : 'a'} ${kind.noun} (status ${job.status}) of ${ownerText(job.tags, event)}. `
    + 'A name can be used only once, as long as the record of its job exists: choose another name, or leave the name out so that one is generated'
    + `${isDeletable ? `; or delete that record${hasEnded(job) ? '' : ' when the job has ended'}` : ''}.`);
}

/** Masks the values of the environment, which may be secrets. */
function withoutEnvironment(text: string, name: string, { LogicalResourceId, ResourceProperties, StackId }: JobEvent): string {
  const { Environment = {}, ...request } = ResourceProperties.Request;
  const known = { ...ResourceProperties, Request: request, LogicalResourceId, StackId, name, variables: Object.keys(Environment as object) };
  return withoutSecrets(text, scalarsOf(Environment), scalarsOf(known));
}

function scalarsOf(value: unknown): string[] {
  if (typeof value === 'object' && value !== null) return Object.values(value).flatMap(scalarsOf);
  return value === undefined || value === null ? [] : [String(value)];
}
