import { Services } from './services/services';

/** What CloudFormation sends, of the members that the handler reads. */
export interface CloudFormationEvent<Properties = unknown> {
  readonly RequestType: 'Create' | 'Update' | 'Delete';
  readonly RequestId: string;
  /** Where the answer is written to, presigned: who has it can answer. */
  readonly ResponseURL: string;
  readonly StackId: string;
  readonly LogicalResourceId: string;
  readonly ResourceType: string;
  /** Not there on Create. */
  readonly PhysicalResourceId?: string;
  readonly ResourceProperties: Properties;
  /** Only there on Update. */
  readonly OldResourceProperties?: Properties;
}

/** What the function adds to an event when it comes. Each look at the event gets the same, so nothing else is remembered between two. */
export interface Accepted {
  readonly PhysicalResourceId: string;
  /** When CloudFormation sent the event, in ISO 8601. */
  readonly StartTime: string;
}

export type AcceptedEvent<Properties = unknown> = CloudFormationEvent<Properties> & Accepted;

/** An answer to CloudFormation, but for what it repeats of the event. */
export interface Answer {
  readonly Status: 'SUCCESS' | 'FAILED';
  readonly PhysicalResourceId: string;
  readonly Reason?: string;
  readonly Data?: Readonly<Record<string, string>>;
}

/** On Create there is no id yet: this one says so, and of which resource. A Create that fails answers with it, so that its Delete comes. */
export function accepted<Properties>(event: CloudFormationEvent<Properties>, now: number): AcceptedEvent<Properties> {
  return {
    ...event,
    PhysicalResourceId: event.PhysicalResourceId ?? `pending-${event.LogicalResourceId}-${event.RequestId}`,
    StartTime: new Date(sentAt(event, now)).toISOString(),
  };
}

export function secondsSinceStart(event: Accepted, services: Pick<Services, 'now'>): number {
  return (services.now() - Date.parse(event.StartTime)) / 1000;
}

/** Only its presigned URL says when an event was sent: one without a date counts as sent when it comes. */
function sentAt({ ResponseURL }: CloudFormationEvent, now: number): number {
  const date = /[?&]X-Amz-Date=(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z/.exec(ResponseURL)?.slice(1);
  if (!date) return now;
  const [year, month, day, ...time] = date;
  return Math.min(Date.parse(`${year}-${month}-${day}T${time.join(':')}Z`), now);
}
