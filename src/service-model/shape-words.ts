/**
 * Facts about the shapes of the service model that the model itself does not contain. Maintained by hand.
 */

/** Open sets: the service adds values more often than the library is released. Maps each to the id of the warning about other values. */
export const OPEN_SETS: { readonly [shape: string]: string } = {
  AutoMLAlgorithm: 'cdk-sagemaker-jobs:unknownAlgorithm',
  ProcessingInstanceType: 'cdk-sagemaker-jobs:unknownInstanceType',
};

/** A pattern of the model in words, and a function that turns a wrong value into a similar one that matches. */
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

/** The pattern of names, with any maximum length. */
const NAME_PATTERN = /^\[a-zA-Z0-9\]\((-\*\[a-zA-Z0-9\]\)\{0,\d+\}|\[\\-a-zA-Z0-9\]\*\[a-zA-Z0-9\]\)\?)$/;

const BY_PATTERN: { readonly [pattern: string]: PatternInWords } = {
  '.*': ONE_LINE,
  '[a-zA-Z0-9._-]+': { words: 'letters, digits, periods, hyphens and underscores', suggest: (value) => value.replace(/[^a-zA-Z0-9._-]+/g, '-') },
  '[a-zA-Z0-9_-]+': { words: 'letters, digits, underscores and hyphens' },
  '[a-zA-Z0-9]([_-]*[a-zA-Z0-9]){0,63}': {
    words: 'letters, digits, hyphens and underscores, beginning and ending with a letter or digit', suggest: NAME.suggest,
  },
  '[a-zA-Z_][a-zA-Z0-9_]*': {
    words: 'letters, digits and underscores, not beginning with a digit',
    suggest: (value) => value.replace(/[^a-zA-Z0-9_]+/g, '_').replace(/^(?=\d)/, '_'),
  },
  '([\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*)': TAG,
};

/** Words for shapes whose values have a meaning that their patterns do not show. */
const BY_SHAPE: { readonly [shape: string]: PatternInWords } = {
  AthenaCatalog: { words: 'text without line breaks and control characters' },
  CountryCode: { words: "the code of a country in capitals, such as 'US'", suggest: (value) => value.toUpperCase() },
  FillingTransformationValue: { words: "a whole number, or how to fill, such as 'zero'" },
  ForecastFrequency: { words: '1 to 59 minutes, 1 to 23 hours, 1 to 6 days, 1 to 4 weeks, 1 to 11 months, or a year' },
  ForecastQuantile: {
    words: "a quantile from 'p1' to 'p99'", suggest: (value) => `p${Math.round(Number(value.replace(/^p/i, '')) * (/^0?\./.test(value) ? 100 : 1))}`,
  },
  KmsKeyId: { words: 'the id, the ARN or the alias of a KMS key' },
  RoleArn: { words: "the ARN of an IAM role, such as 'arn:aws:iam::123456789012:role/name'" },
  S3Uri: {
    words: "a location in S3, such as 's3://bucket/prefix/'",
    suggest: (value) => {
      const text = value.trim();
      if (/^http:\/\/[^/]*\bs3[.-]/i.test(text)) {
        return text.replace(/^http/i, 'https');
      }
      return `s3://${text.replace(/^((arn:[^:]*:s3:::|[a-z0-9]+:\/+|s3\/\/|\/+)\s*)+/i, '')}`;
    },
  },
  SecurityGroupId: { words: "the id of a security group, such as 'sg-0123456789abcdef0'" },
  SubnetId: { words: "the id of a subnet, such as 'subnet-0123456789abcdef0'" },
};

/** The pattern of a shape in words, if there are any. */
export function patternInWords(shapeName: string, pattern: string): PatternInWords | undefined {
  return BY_SHAPE[shapeName] ?? BY_PATTERN[pattern] ?? (NAME_PATTERN.test(pattern) ? NAME : undefined);
}
