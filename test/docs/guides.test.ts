/** The guides for those who come from elsewhere name every member of what these have. */
import { readFileSync } from 'fs';
import * as path from 'path';
import { membersOf } from '../members';

const ROOT = path.join(__dirname, '..', '..');
const CDK = path.dirname(require.resolve('aws-cdk-lib/package.json'));

/** What the first column of a guide's table names. */
function named(page: string, heading: string): string[] {
  const tables = readFileSync(path.join(ROOT, 'docs', page), 'utf8').split(/\n\n+/).filter((block) => block.startsWith('| '));
  return tables.filter((table) => table.startsWith(`| ${heading} |`)).flatMap((table) => table.trimEnd().split('\n').slice(2))
    .flatMap((row) => [...row.split('|')[1].matchAll(/`([^`]+)`/g)].map(([, name]) => name));
}

/** The members of an interface in a declaration file, with the types that they have. */
function declared(source: string, name: string, indent = ''): [string, string][] {
  const [, body] = new RegExp(`interface ${name}(?: extends [^{]*)? \\{\\n(.*?)\\n${indent}\\}`, 's').exec(source)!;
  return [...body.matchAll(/^ *readonly (\w+)\??: (.*);$/gm)].map(([, member, type]) => [member, type]);
}

test('from CfnProcessingJob: every property, and every attribute', () => {
  const all = readFileSync(path.join(CDK, 'aws-sagemaker', 'lib', 'sagemaker.generated.d.ts'), 'utf8');
  const namespace = all.slice(all.indexOf('export declare namespace CfnProcessingJob {'));
  const leaves = ([member, type]: [string, string]): string[] => {
    const nested = /CfnProcessingJob\.(\w+)/.exec(type)?.[1];
    return nested === undefined ? [member] : declared(namespace, nested, '    ').flatMap(leaves).map((leaf) => `${member}.${leaf}`);
  };
  const properties = declared(all, 'CfnProcessingJobProps').flatMap(leaves);
  expect(properties.length).toBeGreaterThan(40);
  expect(named('from-cfn-processing-job.md', '`CfnProcessingJob`').sort()).toEqual(properties.sort());

  const start = all.indexOf('export declare class CfnProcessingJob ');
  const attributes = [...all.slice(start, all.indexOf('\nexport ', start)).matchAll(/^    get (attr\w+)\(/gm)].map(([, name]) => name);
  expect(attributes).toContain('attrExitMessage');
  expect(named('from-cfn-processing-job.md', 'Attribute').sort()).toEqual([...attributes, 'ref'].sort());
});

test('from AwsCustomResource: every property, and every member of a call', () => {
  const source = readFileSync(path.join(CDK, 'custom-resources', 'lib', 'aws-custom-resource', 'aws-custom-resource.d.ts'), 'utf8');
  const members = (name: string) => declared(source, name).map(([member]) => member).sort();
  expect(named('from-aws-custom-resource.md', '`AwsCustomResource`').sort()).toEqual(members('AwsCustomResourceProps'));
  expect(named('from-aws-custom-resource.md', '`AwsSdkCall`').sort()).toEqual(members('AwsSdkCall'));
});

test("from a state's JSON: every member of the request", () => {
  const members = membersOf('CreateProcessingJobRequest').map((member) => member.replace(/\[\]$/, ''));
  expect(named('from-step-functions-json.md', 'Member of the request').sort()).toEqual(members.sort());
});

test('from the Python SDK: every argument of its classes', () => {
  // Of sagemaker 2.257.7 and sagemaker-core 2.27.0.
  const sdk: { [heading: string]: string } = {
    'Constructor': `role image_uri framework_version py_version estimator_cls instance_count instance_type instance_preferences entrypoint command
      code_location volume_size_in_gb volume_kms_key output_kms_key max_runtime_in_seconds base_job_name sagemaker_session env tags network_config`,
    '`run`': `code entry_point source_dir dependencies requirements git_config codeartifact_repo_arn inputs outputs arguments wait logs job_name
      experiment_config kms_key`,
    '`ProcessingInput`': `source s3_input destination input_name s3_data_type s3_input_mode s3_data_distribution_type s3_compression_type
      dataset_definition app_managed`,
    '`ProcessingOutput`': 'source destination output_name s3_upload_mode app_managed feature_store_output',
    '`NetworkConfig`': 'enable_network_isolation security_group_ids subnets encrypt_inter_container_traffic',
  };
  for (const [heading, members] of Object.entries(sdk)) {
    expect(named('from-sagemaker-python-sdk.md', heading).sort()).toEqual(members.split(/\s+/).sort());
  }
});
