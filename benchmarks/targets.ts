import { times } from './format';
import { callsOf, HandlerSeries, STACK_CALLS } from './handler';
import { Results } from './results';
import { Roles, Way } from './stacks';
import { ratios } from './statistics';
import { SynthSeries, find, total } from './synth';
import type { Synthesis } from './synth-worker';

const MOST_BUNDLE_BYTES = 400_000;

interface Target {
  readonly measure: string;
  readonly target: string;
  readonly measured: string;
  readonly reached: boolean;
}

/** The table of the library's targets, and whether it reaches them. */
export function targets({ deployments, synth, handler }: Results): string {
  const jobs = (way: Way, count = 400) => at(synth, 'shared', count, way);
  const timeRatio = (peer: Way) => ratios(jobs('ProcessingJob').map(total), jobs(peer).map(total));
  const bytesRatio = bytesOfJob(synth, 'shared', 'ProcessingJob') / bytesOfJob(synth, 'shared', 'CfnProcessingJob, one asset');
  const bytesRatioEach = bytesOfJob(synth, 'each', 'ProcessingJob') / bytesOfJob(synth, 'each', 'CfnProcessingJob');
  const [one, most] = [jobs('ProcessingJob', 1)[0], jobs('ProcessingJob', 480)[0]];
  const [eachOne, eachMost] = [1, 164].map((count) => at(synth, 'each', count, 'ProcessingJob')[0]);
  const load = handler.series.map(({ results }) => results);
  const loadRatio = ratios(load.flatMap((results) => results.get('ProcessingJob')!.map((each) => each.load)),
    load.flatMap((results) => results.get('AwsCustomResource')!.map((each) => each.load)));
  const sageMakerCalls = (kind: HandlerSeries['kind']) => callsOf(handler, kind).filter((call) => !STACK_CALLS.includes(call)).length;
  const cpuRatio = ratios(jobs('ProcessingJob').map(({ cpu }) => cpu), jobs('CfnProcessingJob, one asset').map(({ cpu }) => cpu));
  const ofOne = ratios(jobs('ProcessingJob', 1).map(total), jobs('CfnProcessingJob', 1).map(total));
  const stackRatio = (count: number) => {
    const { results } = deployments.find((each) => each.count === count)!;
    return ratios(results.get('ProcessingJob')!.map(({ stack }) => stack), results.get('AwsCustomResource')!.map(({ stack }) => stack));
  };
  const rows: Target[] = [
    {
      measure: 'Construct and synthesise 400 jobs with one role, beside CfnProcessingJob with an asset for each job',
      target: '≤ 1',
      measured: times(timeRatio('CfnProcessingJob')),
      reached: timeRatio('CfnProcessingJob').median <= 1,
    },
    {
      measure: '… beside CfnProcessingJob with one asset and one grant for all jobs, written by hand',
      target: '≤ 1',
      measured: times(timeRatio('CfnProcessingJob, one asset')),
      reached: timeRatio('CfnProcessingJob, one asset').median <= 1,
    },
    { measure: '… in CPU time', target: '≤ 1', measured: times(cpuRatio), reached: cpuRatio.median <= 1 },
    { measure: 'Construct and synthesise one job, beside CfnProcessingJob', target: '≤ 1.6', measured: times(ofOne), reached: ofOne.median <= 1.6 },
    ...[20, 100].map((count) => ({
      measure: `The stack of ${count} jobs on the local cloud, beside AwsCustomResource`,
      target: '≤ 1.5',
      measured: times(stackRatio(count)),
      reached: stackRatio(count).median <= 1.5,
    })),
    { measure: 'Bytes of a job with a shared role, beside CfnProcessingJob', target: '≤ 1.3', measured: bytesRatio.toFixed(2), reached: bytesRatio <= 1.3 },
    { measure: 'Bytes of a job with its role, beside CfnProcessingJob', target: '≤ 1.3', measured: bytesRatioEach.toFixed(2), reached: bytesRatioEach <= 1.3 },
    {
      measure: 'Resources of a job that is started only',
      target: '1',
      measured: String((most.resources - one.resources) / 479),
      reached: most.resources - one.resources === 479,
    },
    { measure: 'Resources of 480 jobs with one role', target: '≤ 500', measured: String(most.resources), reached: most.resources <= 500 },
    {
      measure: 'Policy statements of 480 jobs with one role, beside those of one job',
      target: 'as many',
      measured: `${most.statements} and ${one.statements}`,
      reached: most.statements === one.statements,
    },
    {
      measure: 'Jobs with a role each in a stack',
      target: 'as many as 500 resources hold',
      measured: `164, with ${eachMost.resources} resources`,
      reached: eachMost.resources + (eachMost.resources - eachOne.resources) / 163 > 500,
    },
    {
      measure: 'Bundle of the handler',
      target: `≤ ${MOST_BUNDLE_BYTES / 1000} KB`,
      measured: `${(handler.bundleBytes / 1000).toFixed(0)} KB`,
      reached: handler.bundleBytes <= MOST_BUNDLE_BYTES,
    },
    { measure: 'Load of the handler, beside that of AwsCustomResource', target: '≤ 1', measured: times(loadRatio), reached: loadRatio.median <= 1 },
    { measure: 'Calls of SageMaker to create a job', target: '1', measured: String(sageMakerCalls('create')), reached: sageMakerCalls('create') === 1 },
    { measure: 'Calls of SageMaker of a look', target: '1', measured: String(sageMakerCalls('look')), reached: sageMakerCalls('look') === 1 },
  ];
  return `## Targets

| Measure | Target | Measured | Reached |
|---|---|---|---|
${rows.map(({ measure, target, measured, reached }) => `| ${measure} | ${target} | ${measured} | ${reached ? 'yes' : 'no'} |`).join('\n')}`;
}

function at(series: readonly SynthSeries[], roles: Roles, count: number, way: Way): Synthesis[] {
  return find(series, roles, count).results.get(way)!;
}

/** The bytes that one job more adds to a template. */
function bytesOfJob(series: readonly SynthSeries[], roles: Roles, way: Way): number {
  const [one, hundred] = [1, 100].map((count) => at(series, roles, count, way)[0].bytes);
  return (hundred - one) / 99;
}
