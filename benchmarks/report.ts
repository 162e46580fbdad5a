import { readFileSync } from 'fs';
import { cpus, loadavg } from 'os';
import { join } from 'path';
import { Composition } from './composition';
import { DeploymentSeries } from './deployment';
import { milliseconds, seconds, table, times } from './format';
import { HANDLER_NAMES, HandlerMeasurements } from './handler';
import { Results } from './results';
import { Way } from './stacks';
import { ratios, spread } from './statistics';
import { find, SynthSeries, total } from './synth';
import { targets } from './targets';
import type { ValidationRates } from './validation-worker';

export function documentOf(results: Results): string {
  return `# Benchmarks

Made by \`npx projen bench\`, which takes ${Math.round(results.minutes)} minutes here. Do not edit.

${setting()}

How to read it:

- Times are medians, with the middle half of the measurements in brackets.
- A ratio is that of pairs that were measured one right after the other, in an order that changes from round to round: what
  slows down the machine for a while slows down both. Below 1, the library takes less.
- What is compared was measured in one run, each synthesis and each handler in a process of its own.

${targets(results)}

${synthSection(results.synth)}

![Time of construction and synthesis](benchmarks/synth-time.svg)

![Size of the template](benchmarks/template-size.svg)

${compositionSection(results.composition)}

${handlerSection(results.handler)}

${deploymentSection(results.deployments)}

![Time of deployment](benchmarks/deployment-time.svg)

${validationSection(results.validation)}
`;
}

function setting(): string {
  const versionOf = (name: string) => JSON.parse(readFileSync(join('node_modules', name, 'package.json'), 'utf8')).version as string;
  return `Node.js ${process.versions.node}, aws-cdk-lib ${versionOf('aws-cdk-lib')}, `
    + `@aws-sdk/client-sagemaker ${versionOf('@aws-sdk/client-sagemaker')}, ${cpus().length} cores `
    + `(${cpus()[0].model.trim()}), ${loadavg()[2].toFixed(0)} processes that were ready to run, on average.`;
}

// Synthesis

export function synthSection(series: readonly SynthSeries[]): string {
  const tables = series.map(({ roles, count, results }) => {
    const own = results.get('ProcessingJob')!;
    const rows = [...results].map(([way, syntheses]) => {
      const [{ bytes, resources, statements, managedPolicies }] = syntheses;
      return [
        way,
        milliseconds(spread(syntheses.map(({ construct }) => construct))),
        milliseconds(spread(syntheses.map(({ synth }) => synth))),
        way === 'ProcessingJob' ? '' : times(ratios(own.map(total), syntheses.map(total))),
        way === 'ProcessingJob' ? '' : times(ratios(own.map(({ cpu }) => cpu), syntheses.map(({ cpu }) => cpu))),
        spread(syntheses.map(({ memory }) => memory)).median.toFixed(0),
        (bytes / 1000).toFixed(1),
        resources,
        managedPolicies > 0 ? `${statements}, in ${managedPolicies} managed policies too` : statements,
      ];
    });
    return `### ${count} ${count === 1 ? 'job' : 'jobs'}, ${roles === 'shared' ? 'one role' : 'a role each'} (${own.length} rounds)

${table(['Way', 'Construct, ms', 'Synthesise, ms', 'Ratio of both', 'Ratio of CPU time', 'Memory, MiB', 'Template, KB', 'Resources', 'Policy statements'], rows)}`;
  });
  return `## Synthesis

The same job in each: an image by its URI, a script as asset, two inputs, two outputs, the flags of an app of \`cdk init\`.

- \`CfnProcessingJob\`: the job's asset, and \`asset.grantRead(role)\`, beside each job, as in a function that adds a job. Buckets, image
  and logs are granted once to a shared role. Each asset's grant differs in its tokens, so with many jobs the CDK moves them into managed
  policies, of which IAM allows 10 on a role.
- \`CfnProcessingJob, one asset\`: asset and grants once for all jobs. The least that can be written by hand.
- \`Provider\`: a CustomResource with the Provider framework of the CDK and a handler that does the calls only.
- \`AwsCustomResource\`: with a policy for its calls on the job.

Of these, \`ProcessingJob\` alone checks the request, explains its permissions, and scopes them to prefixes.
It brings its provider, for a stack with jobs, whatever their number: the difference between the ways with one job.
A job is synthesised before, in the same process, so that no module is loaded meanwhile.

${tables.join('\n\n')}

### Growth

CPU time to construct and synthesise one job more, of the quickest of each, and its bytes, with one role: linear growth is a row of
equal numbers. What the CDK resolves for all jobs, the JavaScript engine makes faster as it goes.

${growth(series)}`;
}

function growth(series: readonly SynthSeries[]): string {
  const counts = series.filter(({ roles }) => roles === 'shared').map(({ count }) => count);
  const ways: Way[] = ['ProcessingJob', 'CfnProcessingJob', 'CfnProcessingJob, one asset'];
  const steps = counts.slice(1).map((count, index) => [counts[index], count]);
  const rows = ways.map((way) => [way, ...steps.map(([from, to]) => {
    const [before, after] = [from, to].map((count) => find(series, 'shared', count).results.get(way));
    if (before === undefined || after === undefined) {
      return '';
    }
    const [least, most] = [before, after].map((all) => Math.min(...all.map(({ cpu }) => cpu)));
    const time = (most - least) / (to - from);
    return `${time.toFixed(2)} ms, ${((after[0].bytes - before[0].bytes) / (to - from)).toFixed(0)} bytes`;
  })]);
  return table(['Way', ...steps.map(([from, to]) => `from ${from} to ${to} jobs`)], rows);
}

// Composition

function compositionSection({ count, profiles, bytes }: Composition): string {
  const tableOf = (unit: string, maps: ReadonlyMap<Way, { readonly [part: string]: number }>) => {
    const ways = [...maps.keys()];
    const parts = Object.keys(maps.get('ProcessingJob')!).sort((left, right) => maps.get('ProcessingJob')![right] - maps.get('ProcessingJob')![left]);
    const sum = (way: Way) => Object.values(maps.get(way)!).reduce((all, value) => all + value, 0);
    return table([unit, ...ways], [
      ...parts.map((part) => [part, ...ways.map((way) => Math.round(maps.get(way)![part] ?? 0))]),
      ['all', ...ways.map((way) => Math.round(sum(way)))],
    ]);
  };
  return `### What it is made of

Of ${count} jobs with one role, in milliseconds of a profile, which slows down what it measures. The checks, grants and names of the jobs and the
provider are what ProcessingJob does more; the rest is the CDK's, for somewhat larger resources.

${tableOf('Time, ms', profiles)}

Of a job with its own role, the bytes. The policy names each prefix that the job reads or writes, and no bucket as a whole.

${tableOf('Bytes', bytes)}`;
}

// Handler

export function handlerSection({ bundleBytes, series }: HandlerMeasurements): string {
  const rows = series.flatMap(({ kind, results, calls }) => HANDLER_NAMES.map((name) => {
    const handlings = results.get(name)!;
    const of = (member: 'load' | 'cold' | 'warm') => milliseconds(spread(handlings.map((each) => each[member])), 1);
    return [
      kind, name, of('load'), of('cold'), of('warm'),
      spread(handlings.map(({ memory }) => memory)).median.toFixed(0), spread(handlings.map(({ loaded }) => loaded)).median.toFixed(0),
      calls.get(name)!.join(', '),
    ];
  }));
  const loads = series.map(({ kind, results }) => `${kind} ${times(ratios(
    results.get('ProcessingJob')!.map((each) => each.load + each.cold), results.get('AwsCustomResource')!.map((each) => each.load + each.cold)))}`);
  return `## Handler

Bundle: ${bundleBytes.toLocaleString('en-US')} bytes.

Each in a new process, against services on this machine that answer at once. The handler of AwsCustomResource does the one call that the
event is about, and loads the SDK of the Lambda runtime: here that of the npm package, which is not bundled either. Load is until everything
is loaded that the event needs, cold is the first event after it, warm one of the next twenty. What answers CloudFormation is left out of both.

${table(['Event', 'Handler', 'Load, ms', 'Cold, ms', 'Warm, ms', 'Memory, MiB', 'of it loaded', 'Calls'], rows)}

Load and cold event together, as a ratio: ${loads.join('; ')}.

The calls of CloudFormation tell whether the stack is going back: before a job is started, so that a rollback starts none, and after
it, so that one that was cancelled meanwhile is stopped.`;
}

// Deployment

export function deploymentSection(series: readonly DeploymentSeries[]): string {
  const rows = series.flatMap(({ count, results }) => [...results].map(([way, deployments]) => {
    const of = (member: 'command' | 'stack') => spread(deployments.map((each) => each[member]));
    const own = results.get('ProcessingJob')!.map(({ stack }) => stack);
    return [
      count, way, seconds(of('command')), seconds(of('stack')),
      way === 'ProcessingJob' ? '' : times(ratios(own, deployments.map(({ stack }) => stack))), deployments.length,
    ];
  }));
  return `## Deployment

On the local cloud (see \`local-cloud\`), with one role, into a new stack. Its functions run as processes on this machine, so the time of many
jobs is mostly that of starting them: ProcessingJob and AwsCustomResource take one invocation of a function for each job, the Provider with a
minimal handler two. In the cloud they run beside each other.
The local cloud waits a tenth of the time between two looks.

${table(['Jobs', 'Way', '`cdk deploy`, s', 'The stack alone, s', 'Ratio of the stack', 'Rounds'], rows)}`;
}

// Validation

export function validationSection({ valid, faulty, faults }: ValidationRates): string {
  const rate = (rates: readonly number[]) => {
    const { median, low, high } = spread(rates);
    return [median, low, high].map((value) => Math.round(value / 100) * 100).map((value) => value.toLocaleString('en-US'));
  };
  const rows = [['valid', ...rate(valid)], [`with ${faults} faults`, ...rate(faulty)]];
  return `## Validation

Requests of CreateProcessingJob, with three inputs and two outputs, checked against the service model and the written rules.

${table(['Request', 'Requests a second', 'lower quartile', 'upper quartile'], rows)}`;
}
