import { ProvidedKind } from './provided-kind';
import { AUTOML_JOB } from '../contract';

export const PROVIDED_AUTOML_JOB = {
  type: AUTOML_JOB,
  arnResource: 'automl-job',
  longestName: 32,
  longestStackPart: 13,
  create: ['CreateAutoMLJob'],
  describe: 'DescribeAutoMLJobV2',
  end: ['StopAutoMLJob'],
} as const satisfies ProvidedKind;
