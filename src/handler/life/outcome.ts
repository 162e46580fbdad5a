/** The result of one look at an event, with the reason for the log. A failure is thrown instead. */
export type Outcome = Waiting | Done;

export interface Waiting {
  readonly done: false;
  readonly why: string;
}

export interface Done {
  readonly done: true;
  readonly why: string;
  /** The physical id, if it differs from that of the event. */
  readonly id?: string;
  readonly data?: Readonly<Record<string, string>>;
}

export function waiting(why: string): Waiting {
  return { done: false, why };
}

export function done(why: string, result: Pick<Done, 'id' | 'data'> = {}): Done {
  return { done: true, why, ...result };
}
