import * as fc from 'fast-check';
import { AppVersion, NEIGHBOURS } from './app';
import { FACES } from './dice';
import { serviceError, throttled } from '../handler/fake-sagemaker';

/** What somebody does, one thing after the other. */
export interface Step {
  readonly does: 'deploy' | 'deploy without rollback' | 'deploy again' | 'retag' | 'delete' | 'forget the job' | 'stop the job';
  readonly version: AppVersion;
  readonly fails: keyof typeof NEIGHBOURS | 'nothing';
  readonly isNested: boolean;
  readonly outage: keyof typeof OUTAGES | 'none';
  /** Seconds before it. */
  readonly pause: number;
}

/** The life of a stack: what is done, and what chance does. */
export interface Life {
  readonly steps: readonly Step[];
  readonly luck: readonly number[];
}

/** What fails for a while, beginning with a step: for some minutes, or until somebody has seen to it. */
export const OUTAGES = {
  'SageMaker for three minutes': { of: 'sagemaker', seconds: 180, error: () => serviceError('ServiceUnavailable', 'Service Unavailable', 503) },
  'everything for three minutes': { of: 'all', seconds: 180, error: throttled },
  'SageMaker until it is repaired': { of: 'sagemaker', error: () => serviceError('InternalFailure', 'Internal Failure', 500) },
  'permissions for SageMaker': { of: 'sagemaker', error: () => serviceError('AccessDeniedException', 'User: x is not authorized to perform: sagemaker:y with an explicit deny') },
  'Step Functions for three minutes': { of: 'states', seconds: 180, error: throttled },
  'Step Functions until it is repaired': { of: 'states', error: () => serviceError('AccessDeniedException', 'User: x is not authorized to perform: states:StartExecution') },
  'Lambda for ten minutes': { of: 'lambda', seconds: 600, error: throttled },
  'the answers for three minutes': { of: 's3', seconds: 180, error: throttled },
  'memory for its function': { of: 'function', error: throttled },
  'permissions for CloudFormation': { of: 'stacks', error: () => serviceError('AccessDenied', 'User: x is not authorized to perform: cloudformation:y') },
} as const;

const appVersion: fc.Arbitrary<AppVersion> = fc.record({
  isWithoutJobs: fc.oneof({ weight: 12, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) }),
  definition: fc.nat(2),
  trigger: rarely(1),
  tags: fc.nat(2),
  name: rarely(2),
  removalPolicy: rarely(2),
  wait: rarely(2),
  inVpc: seldom(),
  reader: seldom(),
  autoML: rarely(5),
  neighbours: fc.nat(2),
  inner: rarely(3),
});

/** Mostly 0. */
function rarely(max: number): fc.Arbitrary<number> {
  return fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.nat(max) });
}

function seldom(): fc.Arbitrary<boolean> {
  return rarely(1).map((value) => value > 0);
}

const step: fc.Arbitrary<Step> = fc.record({
  does: fc.oneof(
    { weight: 6, arbitrary: fc.constant('deploy' as const) },
    { weight: 5, arbitrary: fc.constantFrom('deploy without rollback', 'deploy again', 'retag', 'delete', 'forget the job', 'stop the job') },
  ),
  version: appVersion,
  fails: fc.oneof(
    { weight: 5, arbitrary: fc.constant('nothing' as const) },
    { weight: 2, arbitrary: fc.constant('beside' as const) },
    { weight: 1, arbitrary: fc.constantFrom('after', 'before') },
  ),
  isNested: seldom(),
  outage: fc.oneof({ weight: 25, arbitrary: fc.constant('none' as const) }, { weight: 1, arbitrary: fc.constantFrom(...Object.keys(OUTAGES) as (keyof typeof OUTAGES)[]) }),
  pause: fc.nat(200),
});

export const life: fc.Arbitrary<Life> = fc.record({
  steps: fc.array(step, { minLength: 1, maxLength: 6 }),
  luck: fc.array(fc.nat(FACES - 1), { maxLength: 400, size: 'max' }),
});

/** A step as the trace tells it. */
export function describeStep({ does, fails, isNested, outage, pause, version }: Step): string {
  const details = [
    /^deploy(?! again)/.test(does) && JSON.stringify(version),
    fails !== 'nothing' && `${NEIGHBOURS[fails]} fails`,
    isNested && 'nested',
    outage !== 'none' && `without ${outage}`,
    `after ${pause} s`,
  ];
  return [does, ...details.filter(Boolean)].join(', ');
}
