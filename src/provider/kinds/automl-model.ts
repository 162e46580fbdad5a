import { ProvidedKind } from './provided-kind';
import { AUTOML_MODEL } from '../contract';

export const PROVIDED_AUTOML_MODEL = {
  type: AUTOML_MODEL,
  arnResource: 'model',
  longestName: 63,
  longestStackPart: 28,
  create: ['CreateModel'],
  describe: 'DescribeModel',
  end: ['DeleteModel'],
} as const satisfies ProvidedKind;
