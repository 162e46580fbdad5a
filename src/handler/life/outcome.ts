/** What one look at an event came to, and why: the reason is for the log. A failure is thrown instead. */
export type Outcome = Waiting | Done;

export interface Waiting {
  readonly done: false;
  readonly why: string;
}

export interface Done {
  readonly done: true;
  readonly why: string;
  /** The physical id, where it is not the one that the event has. */
  readonly id?: string;
  readonly data?: Readonly<Record<string, string>>;
}

export function waiting(why: string): Waiting {
  return { done: false, why };
}

export function done(why: string, result: Pick<Done, 'id' | 'data'> = {}): Done {
  return { done: true, why, ...result };
}
