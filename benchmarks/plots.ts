import { Line, svgOf } from './plot';
import { Results } from './results';
import { Way } from './stacks';
import { spread } from './statistics';
import { total, SynthSeries } from './synth';
import type { Synthesis } from './synth-worker';

/** Draws all plots. The keys are names of files. */
export function plotsOf({ synth, deployments }: Results): { [name: string]: string } {
  const jobs = 'jobs in the stack, with one role';
  return {
    'synth-time': svgOf({
      title: 'Construct and synthesise', xTitle: jobs, yTitle: 'milliseconds (median)', lines: synthLines(synth, (all) => spread(all.map(total)).median),
    }),
    'template-size': svgOf({
      title: 'Template without white space', xTitle: jobs, yTitle: 'kilobytes', lines: synthLines(synth, ([{ bytes }]) => bytes / 1000),
    }),
    'deployment-time': svgOf({
      title: 'CloudFormation, on the local cloud',
      xTitle: jobs,
      yTitle: 'seconds (median)',
      lines: linesOf(deployments, ({ stack }) => stack),
    }),
  };
}

function synthLines(series: readonly SynthSeries[], value: (all: Synthesis[]) => number): Line[] {
  const shared = series.filter(({ roles }) => roles === 'shared');
  return waysOf(shared).map((name) => ({
    name,
    points: shared.flatMap(({ count, results }) => results.has(name) ? [[count, value(results.get(name)!)] as const] : []),
  }));
}

function linesOf<Result>(series: readonly { count: number; results: ReadonlyMap<Way, Result[]> }[], value: (result: Result) => number): Line[] {
  return waysOf(series).map((name) => ({
    name,
    points: series.map(({ count, results }) => [count, spread(results.get(name)!.map(value)).median] as const),
  }));
}

function waysOf(series: readonly { results: ReadonlyMap<Way, unknown> }[]): Way[] {
  return [...new Set(series.flatMap(({ results }) => [...results.keys()]))];
}
