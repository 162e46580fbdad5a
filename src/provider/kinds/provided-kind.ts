/** How long the names of a kind may be, and how much of a generated one is that of the stack. */
export interface NameLengths {
  readonly longestName: number;
  readonly longestStackPart: number;
}

/** A kind of job, as far as names and permissions depend on it. */
export interface ProvidedKind extends NameLengths {
  /** The type of its custom resource. */
  readonly type: string;
  /** What ARNs call it. */
  readonly arnResource: string;
  /** The calls of the service: those that start a job, that look at it, and that end it or delete its record. */
  readonly create: readonly string[];
  readonly describe: string;
  readonly end: readonly string[];
  /** Where jobs of this kind write their logs, under streams that begin with their names. */
  readonly logGroup?: string;
}
