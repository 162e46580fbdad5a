/**
 * What the examples render is what stacks of users have. When it changes with a version of the library, their jobs run again
 * although nobody has changed them, so it changes only by decision: see docs/decisions/0030-contract-versions.md.
 *
 * RENDERED=accept writes what is rendered now.
 */
import { readFileSync, writeFileSync } from 'fs';
import { join } from 'path';
import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { WeatherStack } from '../../examples/automl/weather-stack';
import { BaselineStack } from '../../examples/baseline/baseline-stack';
import { BiasReportStack } from '../../examples/bias-report/bias-report-stack';
import { ChainStack } from '../../examples/chain/chain-stack';
import { FeaturesStack } from '../../examples/features/features-stack';
import { PenguinsStack } from '../../examples/penguins/penguins-stack';
import { SparkStack } from '../../examples/spark/spark-stack';
import { VpcStack } from '../../examples/vpc/vpc-stack';
import { CONTRACT_VERSION } from '../../src/provider/contract';

const FOLDER = join(__dirname, '..', 'handler', 'fixtures', `v${CONTRACT_VERSION}`, 'examples');

const STACKS: Record<string, (app: App) => Stack> = {
  'automl': (app) => new WeatherStack(app, 'Weather'),
  'baseline': (app) => new BaselineStack(app, 'Baseline'),
  'bias-report': (app) => new BiasReportStack(app, 'BiasReport'),
  'chain': (app) => new ChainStack(app, 'Chain'),
  'features': (app) => new FeaturesStack(app, 'Features'),
  'penguins': (app) => new PenguinsStack(app, 'Penguins'),
  'spark': (app) => new SparkStack(app, 'Spark'),
  'vpc': (app) => new VpcStack(app, 'Vpc'),
};

test.each(Object.keys(STACKS))('the jobs of users of %s do not run again with this version', (example) => {
  const rendered = renderedBy(STACKS[example](new App()));
  const file = join(FOLDER, `${example}.json`);
  if (process.env.RENDERED === 'accept') writeFileSync(file, `${JSON.stringify(rendered, undefined, 2)}\n`);
  expect(rendered).toEqual(JSON.parse(readFileSync(file, 'utf8')));
});

/** The properties of the custom resources, by logical id. What the example's own files hold is theirs to change. */
function renderedBy(stack: Stack): Record<string, object> {
  const { Resources } = Template.fromStack(stack).toJSON() as { Resources: Record<string, { Type: string; Properties: Record<string, unknown> }> };
  const jobs = Object.entries(Resources).filter(([, { Type }]) => Type.startsWith('Custom::SageMaker'));
  return Object.fromEntries(jobs.map(([logicalId, { Properties: { ServiceToken, ...properties } }]) => [
    logicalId, JSON.parse(JSON.stringify(properties).replace(/[0-9a-f]{64}/g, '<hash of an asset>')) as object,
  ]));
}
