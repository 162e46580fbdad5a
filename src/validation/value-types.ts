import { SizeRoundingBehavior, Token } from 'aws-cdk-lib';
import { misspellingProblem, misspellings, valuesOf } from './options';
import { ValueType, Problems, show, showWithoutContent, withArticle } from './problems';

/** All properties by name, with the type of value that each must have. Undefined where the check of the request finds a wrong one. */
export type PropertyTypes = { readonly [property: string]: ValueType | undefined };

/**
 * Returns the properties that have the right type of value, and adds a problem for each other one. Null means not given. Properties may be
 * inherited or getters, as in objects that jsii passes from other languages.
 */
export function checked<T extends object>(given: T, types: PropertyTypes, problems: Problems): T {
  // Reading some properties of a function throws.
  const properties = typeof given === 'object' ? given : {} as T;
  const known = Object.keys(types);
  misspellings(properties, known).forEach((misspelling) => problems.add(misspellingProblem(misspelling)));
  return Object.fromEntries(Object.entries(valuesOf(properties, known)).map(([name, value]) => {
    const type = Object.hasOwn(types, name) ? types[name] : undefined;
    return [name, type === undefined ? value : problems.expect(name, value, type)];
  })) as T;
}

/** Instances of one of the library's own classes. */
export function instanceOf(type: Function, remedy: string | ((value: unknown) => string)): ValueType {
  return {
    name: withArticle(type.name),
    test: (value) => value instanceof type,
    remedy: (value) => isOfOtherCopy(type, value) ? DEDUPE : typeof remedy === 'string' ? remedy : remedy(value),
  };
}

export const DEDUPE = "It comes from another copy of cdk-sagemaker-jobs: run 'npm dedupe'.";

/** Whether a value is an instance of the same class in another copy of the library, or of a subclass of that. */
export function isOfOtherCopy(type: Function, value: unknown): boolean {
  return typeof value === 'object' && value !== null && !(value instanceof type)
    && (value.constructor?.name === type.name || isOfOtherCopy(type, Object.getPrototypeOf(value)));
}

/** Any object with these members: for classes of the CDK, since an app may contain several copies of it. */
export function having(name: string, remedy: string, ...members: string[]): ValueType {
  return {
    name,
    test: (value) => typeof value === 'object' && value !== null && members.every((member) => member in value),
    remedy: () => remedy,
  };
}

/** A quantity that can be converted to the unit of the service. The CDK cannot convert tokens. */
function convertible(type: ValueType, convert: (value: any) => unknown, remedy: string): ValueType {
  const converts = (value: any) => {
    try {
      convert(value);
      return true;
    } catch {
      return false;
    }
  };
  return {
    name: type.name,
    test: (value) => type.test(value) && converts(value),
    remedy: (value) => type.test(value) ? remedy : type.remedy(value),
    show: (value) => type.test(value) ? 'a token in another unit' : show(value),
  };
}

export function oneOf(values: { [key: string]: string }, name: string): ValueType {
  const allowed = Object.keys(values).map((key) => `${name}.${key}`).join(', ');
  return {
    name: `one of ${allowed}`,
    test: (value) => Object.values(values).includes(value),
    remedy: () => 'Choose one of them.',
  };
}

export const A_LIST: ValueType = { name: 'a list', test: Array.isArray, remedy: () => 'Put it in [ ].' };

export const A_MAP: ValueType = {
  name: 'a map from names to values',
  // A Map, too, would be none: its entries are no properties. Nor are those of a token.
  test: (value) => Object.prototype.toString.call(value) === '[object Object]' && !Token.isUnresolved(value),
  remedy: () => "Write { name: value }: each value has a name, such as 'raw'.",
  show: showWithoutContent,
};

export const A_STRUCTURE: ValueType = { name: 'a structure', test: A_MAP.test, remedy: () => 'Write { name: value }.' };

export const A_STRING: ValueType = { name: 'a string', test: (value) => typeof value === 'string', remedy: () => 'Put it in quotes.' };

export const A_NUMBER: ValueType = { name: 'a whole number', test: (value) => typeof value === 'number', remedy: () => 'Write a whole number.' };

/** A text that may be secret. */
export const A_SECRET_STRING: ValueType = { ...A_STRING, test: (value) => typeof value === 'string' || Token.isUnresolved(value), show: showWithoutContent };
export const A_NAME: ValueType = { name: 'a text that is not empty', test: (value) => typeof value === 'string' && value !== '', remedy: () => 'Write a name.' };

export const A_DURATION = convertible(
  having('a Duration', 'Use Duration.minutes(…) or Duration.hours(…).', 'toSeconds', 'isUnresolved'),
  (duration) => duration.toSeconds({ integral: false }),
  'Use Duration.seconds(…) for it.');
export const A_SIZE = convertible(
  having('a Size', 'Use Size.gibibytes(…).', 'toGibibytes', 'isUnresolved'),
  (size) => size.toGibibytes({ rounding: SizeRoundingBehavior.NONE }),
  'Use Size.gibibytes(…) for it.');
export const A_KEY = having('a KMS key', 'Use a kms.Key, or Key.fromKeyArn(…).', 'keyArn');
export const A_ROLE = having('an IAM role', 'Use an iam.Role, or Role.fromRoleArn(…).', 'roleArn', 'addToPrincipalPolicy');
export const A_VPC = having('a VPC', 'Use an ec2.Vpc, or Vpc.fromLookup(…).', 'vpcId', 'selectSubnets');
export const A_SECURITY_GROUP = having(
  'a security group', 'Use an ec2.SecurityGroup, or SecurityGroup.fromSecurityGroupId(…).', 'securityGroupId');
export const A_SECRET = having('a secret', 'Use a secretsmanager.Secret, or Secret.fromSecretCompleteArn(…).', 'secretArn', 'grantRead');
export const A_SUBNET = having('a subnet', 'Use an ec2.Subnet, or Subnet.fromSubnetId(…).', 'subnetId');
export const A_SUBNET_SELECTION: ValueType = {
  name: 'a subnet selection',
  test: A_MAP.test,
  remedy: () => 'Use { subnetType: SubnetType.PRIVATE_WITH_EGRESS }, or { subnets: [ … ] }.',
};
export const A_BUCKET = having('a bucket', 'Use an s3.Bucket, or Bucket.fromBucketName(…).', 'bucketName', 'bucketArn');
export const AN_ASSET = having('an Asset', "Use new Asset(this, 'Data', { path: 'data.csv' }).", 's3ObjectUrl', 's3ObjectKey');
export const A_REPOSITORY = having('an ECR repository', 'Use an ecr.Repository, or Repository.fromRepositoryName(…).', 'repositoryUri', 'grantPull');
export const A_GRANTEE = having('a principal', 'Use an iam.Role, or anything else that can be granted something.', 'grantPrincipal');
export const A_FEATURE_GROUP = having('a feature group', 'Use a sagemaker.CfnFeatureGroup.', 'featureGroupRef');
