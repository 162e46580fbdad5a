import { Execution, Failure, Step } from './contract';

/** Errors of Lambda after which the state machine invokes the function again: throttling, service errors, and IAM propagation. */
const LAMBDA_IS_BUSY = [
  'Lambda.AWSLambdaException', 'Lambda.ClientExecutionTimeoutException', 'Lambda.EC2ThrottledException', 'Lambda.EC2UnexpectedException',
  'Lambda.ENILimitReachedException', 'Lambda.ENINotReadyException', 'Lambda.ResourceConflictException', 'Lambda.ResourceNotReadyException',
  'Lambda.SdkClientException', 'Lambda.ServiceException', 'Lambda.SubnetIPAddressLimitReachedException', 'Lambda.TooManyRequestsException',
];

/**
 * The definition of the state machine in the Amazon States Language. It invokes the function, with pauses, until CloudFormation has an
 * answer. If invocations fail for too long, it invokes the function once more to answer with the failure.
 *
 * @param partition - the partition of the ARN of the integration with Lambda
 */
export function stateMachineDefinition(partition: string): object {
  const invoke = (payload: object) => ({
    Type: 'Task',
    Resource: `arn:${partition}:states:::lambda:invoke`,
    Parameters: { 'FunctionName.$': path('Function'), 'Payload': payload },
  });
  return {
    StartAt: 'Pause',
    States: {
      Pause: { Type: 'Wait', SecondsPath: path('Step', 'Pause'), Next: 'Look' },
      Look: {
        ...invoke({ 'Event.$': path('Event') }),
        TimeoutSecondsPath: path('Step', 'Timeout'),
        ResultSelector: stepOf('$.Payload'),
        ResultPath: path('Step'),
        Retry: [
          { ErrorEquals: LAMBDA_IS_BUSY, IntervalSeconds: 1, BackoffRate: 2, MaxAttempts: 5, JitterStrategy: 'FULL' },
          // It has taken minutes already.
          { ErrorEquals: ['States.Timeout', 'Sandbox.Timedout'], MaxAttempts: 0 },
          // A function that dies may have had bad luck. IAM may not know yet that it may be invoked.
          { ErrorEquals: ['States.ALL'], IntervalSeconds: 2, BackoffRate: 2, MaxAttempts: 4 },
        ],
        Catch: [
          { ErrorEquals: LAMBDA_IS_BUSY, ResultPath: path('Failure'), Next: 'IsTimeUp' },
          { ErrorEquals: ['States.ALL'], ResultPath: path('Failure'), Next: 'GiveUp' },
        ],
        Next: 'IsAnswered',
      },
      IsAnswered: {
        Type: 'Choice',
        Choices: [{ Variable: path('Step', 'IsAnswered'), BooleanEquals: true, Next: 'Answered' }],
        Default: 'Pause',
      },
      Answered: { Type: 'Succeed' },
      IsTimeUp: {
        Type: 'Choice',
        Choices: [{ Variable: '$$.State.EnteredTime', TimestampGreaterThanEqualsPath: path('GiveUpAt'), Next: 'GiveUp' }],
        Default: 'Pause',
      },
      GiveUp: {
        ...invoke({ 'Event.$': path('Event'), 'Failure.$': path('Failure') }),
        TimeoutSeconds: 60,
        ResultPath: null,
        Retry: [{ ErrorEquals: ['States.ALL'], IntervalSeconds: 1, BackoffRate: 2, MaxDelaySeconds: 30, MaxAttempts: 10, JitterStrategy: 'FULL' }],
        Next: 'GaveUp',
      },
      GaveUp: { Type: 'Fail', ErrorPath: '$.Failure.Error', CausePath: '$.Failure.Cause' },
    },
  };
}

type Data = Execution<unknown> & { readonly Failure: Failure };

/** A path into the data of an execution. */
function path(member: keyof Data, inner?: keyof Step): string {
  return inner === undefined ? `$.${member}` : `$.${member}.${inner}`;
}

function stepOf(result: string): Record<string, string> {
  const members: Record<keyof Step, string> = { IsAnswered: '', Pause: '', Timeout: '' };
  return Object.fromEntries(Object.keys(members).map((member) => [`${member}.$`, `${result}.${member}`]));
}
