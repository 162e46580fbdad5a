import { Annotations, Stack } from 'aws-cdk-lib';
import { OnEventOptions, Rule } from 'aws-cdk-lib/aws-events';
import { Construct } from 'constructs';
import { environmentOf, isElsewhere } from '../cdk/environment';
import { SOME_OPTIONS } from '../validation/options';
import { requireType, requireTypeIfGiven } from '../validation/problems';
import { A_NAME } from '../validation/value-types';

/**
 * Makes a rule for the events of a job's runs.
 *
 * @param names - the names of the runs, as matchers of an event pattern
 */
export function eventRule(scope: Construct, names: unknown[], id: string, options?: OnEventOptions): Rule {
  const method = `${scope.node.path}.onEvent`;
  requireType(method, 'id', id, A_NAME);
  requireTypeIfGiven(method, 'options', options, SOME_OPTIONS);
  const { crossStackScope, target, ...ruleOptions } = options ?? {};
  const rule = new Rule(crossStackScope ?? scope, id, ruleOptions);
  rule.addEventPattern({ source: ['aws.sagemaker'], detail: { ProcessingJobName: names } });
  rule.addTarget(target);
  if (isElsewhere(rule, scope)) {
    const { account, region } = environmentOf(scope)!;
    Annotations.of(rule).addWarningV2('cdk-sagemaker-jobs:ruleElsewhere', [
      `The rule is for ${Stack.of(rule).environment}, and the events of the job '${scope.node.path}' come to the event bus of aws://${account}/${region}.`,
      'Make it in a stack of that environment, such as with crossStackScope; or acknowledge this warning if that bus passes the events on.',
    ].join(' '));
  }
  return rule;
}

/** Restricts a rule to changes of the status, or to changes to one status. */
export function forStateChange(rule: Rule, status?: string): Rule {
  rule.addEventPattern({
    detailType: ['SageMaker Processing Job State Change'],
    detail: status === undefined ? undefined : { ProcessingJobStatus: [status] },
  });
  return rule;
}
