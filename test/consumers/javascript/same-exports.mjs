import { deepStrictEqual } from 'assert';
import * as imported from 'cdk-sagemaker-jobs';
import { createRequire } from 'module';

const required = createRequire(import.meta.url)('cdk-sagemaker-jobs');
const names = Object.keys(imported).filter((name) => !['__esModule', 'default', 'module.exports'].includes(name));
deepStrictEqual(names.sort(), Object.keys(required).sort());
