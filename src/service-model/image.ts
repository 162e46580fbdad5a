/** An image of the service: `<account of the Region>.dkr.ecr.<Region>.<suffix>/<repository>:<tag>`. */
export interface Image {
  readonly repository: string;
  /** By the processor of the instance type. An empty tag is none. */
  readonly tags: { readonly cpu?: string; readonly gpu?: string };
  /** The table of `IMAGE_ACCOUNTS`. */
  readonly accounts: string;
}
