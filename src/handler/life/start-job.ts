import { adviceOn } from './advice';
import { JobProperties } from '../../provider/contract';
import { CloudFormationEvent } from '../event';
import { TaggedJob } from './jobs';
import { definitionOf } from './names';
import { ownershipTags, ownerText } from './ownership';
import { restoreTypes } from './restore-types';
import { JobKind } from '../kinds/job-kind';
import { isInUse, isValidation, textOf } from '../services/errors';
import { Services } from '../services/services';

type JobEvent = CloudFormationEvent<JobProperties>;

/** The Create call. False when the name is in use. */
export async function startJob(kind: JobKind, name: string, event: JobEvent, services: Services): Promise<boolean> {
  const properties = event.ResourceProperties;
  try {
    await kind.create(services.sageMaker, {
      ...restoreTypes(kind.requestShape, properties),
      [kind.nameMember]: name,
      Tags: [...properties.Tags ?? [], ...ownershipTags(event, definitionOf(properties))],
    });
    return true;
  } catch (error) {
    if (isInUse(error)) return false;
    throw new Error(`The ${kind.noun} ${name} could not be ${kind.creation}. ${explained(error, event)}`, { cause: error });
  }
}

/** Says whose the job is that has the name, and what to do. */
export function nameTaken(kind: JobKind, job: TaggedJob, event: JobEvent): Error {
  return new Error(`The name ${job.name} is taken by ${/^[aeio]/i.test(kind.noun) ? 'an' : 'a'} ${kind.noun} (status ${job.status}) of ${ownerText(job.tags, event)}. `
    + 'A name can be used only once, as long as the record of its job exists: '
    + `${kind.delete ? 'delete that record, ' : ''}choose another name, or leave the name out so that one is generated.`);
}

function explained(error: unknown, { ResourceProperties: properties, StackId }: JobEvent): string {
  const [, , , region] = StackId.split(':');
  const text = isValidation(error) ? withoutEnvironment(textOf(error), properties) : textOf(error);
  // The advice comes last, and what is too long is cut in the middle.
  return [text, adviceOn(error, properties, region)].filter(Boolean).join(' ');
}

/** The service quotes the values that it rejects, and those of the environment may be secrets. Reasons end up in logs. */
function withoutEnvironment(text: string, { Request }: JobProperties): string {
  return Object.values(Request.Environment ?? {})
    .map(String)
    .filter((value) => value.length > 3)
    .reduce((masked, value) => masked.replaceAll(value, '***'), text);
}
