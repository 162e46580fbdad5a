import { PROVIDED_AUTOML_JOB } from './automl-job';
import { ProvidedKind } from './provided-kind';
import { AUTOML_JOB_V2 } from '../contract';

/** For all problems but tabular ones. */
export const PROVIDED_AUTOML_JOB_V2 = { ...PROVIDED_AUTOML_JOB, type: AUTOML_JOB_V2, create: ['CreateAutoMLJobV2'] } as const satisfies ProvidedKind;
