import { Annotations, CfnOutput, CfnResource, Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { referencesIn } from './cycles';
import { keptFor } from './kept-for';

/** The constructs whose values change with deployments, by their resource. */
const changingOf = keptFor((stack: Stack) => {
  const changing = new Map<CfnResource, Construct>();
  // One validation for each stack checks its outputs for all constructs.
  stack.node.addValidation({ validate: () => warn(stack, changing) });
  return changing;
});

/**
 * Warns of exported values that change with deployments. CloudFormation does not change an export that another stack imports.
 *
 * @param construct - the construct that has the values
 * @param resource - its resource
 */
export function warnOfExports(construct: Construct, resource: CfnResource): void {
  changingOf(Stack.of(resource)).set(resource, construct);
}

function warn(stack: Stack, resources: ReadonlyMap<CfnResource, Construct>): string[] {
  const outputs = stack.node.findAll().filter((construct) => construct instanceof CfnOutput && construct.exportName !== undefined) as CfnOutput[];
  const changing = outputs.length === 0 ? new Map<string, Construct>()
    : new Map([...resources].map(([{ logicalId }, construct]) => [stack.resolve(logicalId), construct]));
  for (const output of outputs) {
    for (const id of referencesIn(stack.resolve(output.value))) {
      const construct = changing.get(id);
      if (construct) {
        Annotations.of(construct).addWarningV2('cdk-sagemaker-jobs:exportedValue', [
          `The output '${output.node.path}' exports a value that changes when the job runs again. CloudFormation refuses to change an export that another`,
          'stack imports: the deployment is rolled back after the job has run. Read the property of the job in the other stack instead, which gets it',
          'through a parameter of Systems Manager.',
        ].join(' '));
      }
    }
  }
  return [];
}
