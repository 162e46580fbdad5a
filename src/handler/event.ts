import { Services } from './services/services';

/** The members of CloudFormation's events that the handler reads. */
export interface CloudFormationEvent<Properties = unknown> {
  readonly RequestType: 'Create' | 'Update' | 'Delete';
  readonly RequestId: string;
  /** The presigned URL for the answer. Whoever has it can answer, so it must not be logged. */
  readonly ResponseURL: string;
  readonly StackId: string;
  readonly LogicalResourceId: string;
  readonly ResourceType: string;
  /** Absent on Create. */
  readonly PhysicalResourceId?: string;
  readonly ResourceProperties: Properties;
  /** Present only on Update. */
  readonly OldResourceProperties?: Properties;
}

/** The members that the function adds to a new event. Each look gets the same event, so nothing else is remembered between looks. */
export interface Accepted {
  readonly PhysicalResourceId: string;
  /** When CloudFormation sent the event, in ISO 8601. */
  readonly StartTime: string;
}

export type AcceptedEvent<Properties = unknown> = CloudFormationEvent<Properties> & Accepted;

/** An answer to CloudFormation, without the members that repeat the event. */
export interface Answer {
  readonly Status: 'SUCCESS' | 'FAILED';
  readonly PhysicalResourceId: string;
  readonly Reason?: string;
  readonly Data?: Readonly<Record<string, string>>;
}

/** Adds a physical id to a Create, which has none yet. A Create that fails answers with this id, so that CloudFormation sends a Delete. */
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

/** When an event was sent, by the date in its presigned URL. An event without a date counts as sent when it arrives. */
function sentAt({ ResponseURL }: CloudFormationEvent, now: number): number {
  const date = /[?&]X-Amz-Date=(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z/.exec(ResponseURL)?.slice(1);
  if (!date) return now;
  const [year, month, day, ...time] = date;
  return Math.min(Date.parse(`${year}-${month}-${day}T${time.join(':')}Z`), now);
}
