/** An image of the service: `<account of the Region>.dkr.ecr.<Region>.<suffix>/<repository>:<tag>`. */
export interface Image {
  readonly repository: string;
  /** The tag for each processor of instance types. An image with an empty tag has no tag. */
  readonly tags: { readonly cpu?: string; readonly gpu?: string };
  /** The key of its accounts in `IMAGE_ACCOUNTS`. */
  readonly accounts: string;
}
