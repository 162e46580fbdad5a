import { readFileSync } from 'fs';
import * as path from 'path';
import { CdkFindings, comparison, ownFindings } from '../../tools/comparison/comparison';
import { FAULTS } from '../../tools/comparison/faults';

const ROOT = path.join(__dirname, '..', '..');
const cdk: CdkFindings = JSON.parse(readFileSync(path.join(ROOT, 'tools/comparison/cdk-findings.json'), 'utf8'));
const members = FAULTS.map(({ member }) => member);

test('the document says what the library says today', () => {
  expect(readFileSync(path.join(ROOT, 'docs/validation-comparison.md'), 'utf8')).toBe(comparison(cdk, ownFindings()));
});

test('the library finds the ten faults, and no others', () => {
  expect(ownFindings().map(({ member }) => member).sort()).toEqual([...members].sort());
});

test('the CDK finds no other faults than these', () => {
  expect(members).toEqual(expect.arrayContaining(cdk.CfnProcessingJob.map(({ member }) => member)));
  expect(cdk.AwsCustomResource).toEqual([]);
});
