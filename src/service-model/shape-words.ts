/**
 * What the model leaves unsaid of its shapes, by their names: by hand.
 */

/** Sets that the service extends more often than the library is released: the id of the warning of a value that is not among them. */
export const OPEN_SETS: { readonly [shape: string]: string } = {
  AutoMLAlgorithm: 'cdk-sagemaker-jobs:unknownAlgorithm',
  ProcessingInstanceType: 'cdk-sagemaker-jobs:unknownInstanceType',
};

/** What a pattern of the model says in words, and a value like the wrong one that it would match. */
export interface PatternInWords {
  readonly words: string;
  readonly suggest?: (value: string) => string;
}

const NAME: PatternInWords = {
  words: 'letters, digits and hyphens, beginning and ending with a letter or digit',
  suggest: (value) => value.replace(/[^a-zA-Z0-9]+/g, '-').replace(/^-|-$/g, ''),
};
const ONE_LINE: PatternInWords = { words: 'text without line breaks', suggest: (value) => value.replace(/\s+/g, ' ').trim() };
const TAG: PatternInWords = { words: 'letters, digits, spaces and _ . : / = + - @', suggest: (value) => value.replace(/[^\p{L}\p{Z}\p{N}_.:/=+\-@]+/gu, '-') };

export const PATTERNS_IN_WORDS: { readonly [shape: string]: PatternInWords } = {
  AthenaCatalog: { words: 'text without line breaks and control characters' },
  AthenaDatabase: ONE_LINE,
  AthenaWorkGroup: { words: 'letters, digits, periods, hyphens and underscores', suggest: (value) => value.replace(/[^a-zA-Z0-9._-]+/g, '-') },
  AutoMLJobName: NAME,
  ContainerArgument: ONE_LINE,
  ContainerEntrypointString: ONE_LINE,
  ContentType: ONE_LINE,
  EndpointName: NAME,
  ExperimentEntityName: NAME,
  FeatureGroupName: { words: 'letters, digits, hyphens and underscores, beginning and ending with a letter or digit', suggest: NAME.suggest },
  ImageUri: ONE_LINE,
  KmsKeyId: { words: 'the id, the ARN or the alias of a KMS key' },
  ModelName: NAME,
  ProcessingEnvironmentKey: {
    words: 'letters, digits and underscores, not beginning with a digit',
    suggest: (value) => value.replace(/[^a-zA-Z0-9_]+/g, '_').replace(/^(?=\d)/, '_'),
  },
  ProcessingJobName: NAME,
  ProcessingLocalPath: ONE_LINE,
  RedshiftClusterId: ONE_LINE,
  RedshiftDatabase: ONE_LINE,
  RedshiftUserName: ONE_LINE,
  RoleArn: { words: "the ARN of an IAM role, such as 'arn:aws:iam::123456789012:role/name'" },
  S3Uri: {
    words: "a location in S3, such as 's3://bucket/prefix/'",
    suggest: (value) => `s3://${value.replace(/^(arn:[^:]*:s3:::|[a-z0-9]+:\/+|s3\/\/|\/+)/i, '')}`,
  },
  SampleWeightAttributeName: { words: 'letters, digits, underscores and hyphens' },
  SecurityGroupId: { words: "the id of a security group, such as 'sg-0123456789abcdef0'" },
  SubnetId: { words: "the id of a subnet, such as 'subnet-0123456789abcdef0'" },
  TagKey: TAG,
  TagValue: TAG,
};

