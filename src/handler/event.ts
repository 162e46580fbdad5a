import { Services } from './services/services';

/** What CloudFormation sends, of the members that the handler reads. */
export interface CloudFormationEvent<Properties = unknown> {
  readonly RequestType: 'Create' | 'Update' | 'Delete';
  readonly RequestId: string;
  readonly StackId: string;
  readonly LogicalResourceId: string;
  readonly ResourceType: string;
  /** Not there on Create. */
  readonly PhysicalResourceId?: string;
  readonly ResourceProperties: Properties;
  /** Only there on Update. */
  readonly OldResourceProperties?: Properties;
}

/**
 * What `onEvent` adds to the event. The provider framework hands the same event to every poll,
 * so nothing else can be remembered from one poll to the next.
 */
export interface Started {
  readonly PhysicalResourceId: string;
  /** When this delivery of the event began, in ISO 8601. */
  readonly StartTime: string;
}

export type PolledEvent<Properties = unknown> = CloudFormationEvent<Properties> & Started;

/** What `isComplete` answers the provider framework. */
export interface Poll {
  readonly IsComplete: boolean;
  readonly PhysicalResourceId?: string;
  readonly Data?: Readonly<Record<string, string>>;
}

/** On Create there is no id yet: this one says so, and of which resource. */
export function startOf(event: CloudFormationEvent, now: number): Started {
  return {
    PhysicalResourceId: event.PhysicalResourceId ?? `pending-${event.LogicalResourceId}-${event.RequestId}`,
    StartTime: new Date(now).toISOString(),
  };
}

export function secondsSinceStart(event: PolledEvent, services: Services): number {
  return (services.now() - Date.parse(event.StartTime)) / 1000;
}
