import { OnEventOptions, Rule } from 'aws-cdk-lib/aws-events';
import { Construct } from 'constructs';
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
