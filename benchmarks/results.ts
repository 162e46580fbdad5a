import { Composition } from './composition';
import { DeploymentSeries } from './deployment';
import { HandlerMeasurements } from './handler';
import { SynthSeries } from './synth';
import type { ValidationRates } from './validation-worker';

/** What one run of the benchmarks has measured. */
export interface Results {
  readonly synth: readonly SynthSeries[];
  readonly composition: Composition;
  readonly handler: HandlerMeasurements;
  readonly deployments: readonly DeploymentSeries[];
  readonly validation: ValidationRates;
  /** How long the whole run took. */
  readonly minutes: number;
}
