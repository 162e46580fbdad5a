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
    // Only what the service says may have values of the environment. Words of this library may be such values by chance.
    const text = `The ${kind.noun} ${name} could not be ${kind.creation}. ${textOf(error, (message) => withoutEnvironment(message, kind, name, event))}`;
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
function withoutEnvironment(text: string, { noun }: JobKind, name: string, { LogicalResourceId, ResourceProperties, StackId }: JobEvent): string {
  const { Environment = {}, ...request } = ResourceProperties.Request;
  const known = { ...ResourceProperties, Request: request, LogicalResourceId, StackId, name };
  const words = [...Object.keys(Environment as object), ...wordsOf(request), ...spellingsOf(noun)];
  return withoutSecrets(text, scalarsOf(Environment), [...scalarsOf(known), ...words]);
}

/** The words in the names of a request's members: `InstanceType` has `Instance` and `Type`. Messages of the service have them, too. */
function wordsOf(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  const names = Array.isArray(value) ? [] : Object.keys(value).flatMap((name) => [name, ...name.split(/(?<=[a-z])(?=[A-Z])/)]);
  return [...names.flatMap(spellingsOf), ...Object.values(value).flatMap(wordsOf)];
}

/** As it is, in lower case, and in the plural. */
function spellingsOf(word: string): string[] {
  return [word, word.toLowerCase()].flatMap((each) => [each, `${each}s`]);
}

function scalarsOf(value: unknown): string[] {
  if (typeof value === 'object' && value !== null) return Object.values(value).flatMap(scalarsOf);
  return value === undefined || value === null ? [] : [String(value)];
}
