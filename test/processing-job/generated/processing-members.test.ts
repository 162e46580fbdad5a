import { requestsWithEverything } from './requests-with-everything';
import { PROCESSING_JOB_MEMBERS } from '../../../src/processing-job/members';
import { undeclared, unknownToTheModel, unreached } from '../../members';

test('a property reaches every member of the request', () => {
  expect(unreached(requestsWithEverything(), 'CreateProcessingJobRequest')).toEqual([]);
});

test('every member of the request is named in the words of the user', () => {
  expect(undeclared(PROCESSING_JOB_MEMBERS)).toEqual([]);
});

test('every name is that of a member', () => {
  expect(unknownToTheModel(PROCESSING_JOB_MEMBERS)).toEqual([]);
});
