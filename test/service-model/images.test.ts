import {
  DataWranglerVersion, HuggingFaceVersion, PyTorchVersion, ScikitLearnVersion, SparkVersion, TensorFlowVersion, XGBoostVersion,
} from '../../src';
import { IMAGE_ACCOUNTS, IMAGES } from '../../src/service-model/images';

const images = Object.entries(IMAGES).flatMap(([kind, versions]) => Object.entries(versions).map(([version, image]) => ({ kind, version, image })));

test.each([
  ['scikitLearn', ScikitLearnVersion],
  ['xgboost', XGBoostVersion],
  ['spark', SparkVersion],
  ['dataWrangler', DataWranglerVersion],
  ['pytorch', PyTorchVersion],
  ['tensorflow', TensorFlowVersion],
  ['huggingFace', HuggingFaceVersion],
])('there is a constant for each version of %s, and for no other', (kind, type: Function) => {
  const constants = Object.values(type).filter((value) => value instanceof type) as { version: string }[];
  expect(constants.map(({ version }) => version)).toEqual(Object.keys(IMAGES[kind]));
});

test('a version is named as the service names it', () => {
  expect(ScikitLearnVersion.V1_2_1.version).toBe('1.2-1');
  expect(ScikitLearnVersion.V1_4_2_PY312.version).toBe('1.4-2-py312');
  expect(DataWranglerVersion.V3.version).toBe('3.x');
  expect(PyTorchVersion.V2_8_0.version).toBe('2.8.0');
  expect(HuggingFaceVersion.of('9.0.0').version).toBe('9.0.0');
});

test('every image is held by accounts, of which it says the table', () => {
  expect(new Set(images.map(({ image }) => image.accounts))).toEqual(new Set(Object.keys(IMAGE_ACCOUNTS)));
});

test('every account has twelve digits', () => {
  const accounts = Object.values(IMAGE_ACCOUNTS).flatMap((table) => Object.values(table));
  expect(accounts.filter((account) => !/^\d{12}$/.test(account))).toEqual([]);
});

test('the tables of accounts can all be mappings of one template', () => {
  const logicalIds = Object.keys(IMAGE_ACCOUNTS).map((name) => name.replace(/[^A-Za-z0-9]/g, ''));
  expect(new Set(logicalIds).size).toBe(logicalIds.length);
});

test('every image has a tag for a processor at least, and Model Monitor an empty one', () => {
  expect(images.filter(({ image: { tags } }) => Object.keys(tags).length === 0)).toEqual([]);
  const untagged = images.filter(({ image: { tags } }) => Object.values(tags).includes(''));
  expect(untagged.map(({ kind }) => kind)).toEqual(['modelMonitor']);
});

test('no image is for Python 2, or for inference', () => {
  expect(images.filter(({ image: { repository, tags } }) => /py2|py27/.test(Object.values(tags).join()) || /inference/.test(repository))).toEqual([]);
});

/** Repository and tag of the image, with the account in us-east-1. */
function uri(kind: string, version: string, processor: 'cpu' | 'gpu'): string {
  const { accounts, repository, tags } = IMAGES[kind][version];
  return `${IMAGE_ACCOUNTS[accounts]['us-east-1']}/${repository}:${tags[processor]}`;
}

test.each([
  ['scikitLearn', '1.2-1', 'cpu', '683313688378/sagemaker-scikit-learn:1.2-1-cpu-py3'],
  ['scikitLearn', '1.4-2-py312', 'cpu', '683313688378/sagemaker-scikit-learn:1.4-2-py312-cpu-py3'],
  ['xgboost', '1.0-1', 'cpu', '683313688378/sagemaker-xgboost:1.0-1-cpu-py3'],
  ['xgboost', '1.7-1', 'gpu', '683313688378/sagemaker-xgboost:1.7-1'],
  ['spark', '3.5', 'cpu', '173754725891/sagemaker-spark-processing:3.5-cpu'],
  ['clarify', '1.0', 'cpu', '205585389593/sagemaker-clarify-processing:1.0'],
  ['modelMonitor', '', 'cpu', '156813124566/sagemaker-model-monitor-analyzer:'],
  ['dataWrangler', '3.x', 'cpu', '663277389841/sagemaker-data-wrangler-container:3.x'],
  ['pytorch', '2.8.0', 'cpu', '763104351884/pytorch-training:2.8.0-cpu-py312'],
  ['pytorch', '2.8.0', 'gpu', '763104351884/pytorch-training:2.8.0-gpu-py312'],
  ['pytorch', '1.4.0', 'cpu', '763104351884/pytorch-training:1.4.0-cpu-py36'],
  ['tensorflow', '2.19.0', 'gpu', '763104351884/tensorflow-training:2.19.0-gpu-py312'],
  ['tensorflow', '1.13.1', 'cpu', '763104351884/tensorflow-training:1.13.1-cpu-py3'],
  ['huggingFace', '5.3.0', 'gpu', '763104351884/huggingface-pytorch-training:2.9.0-transformers5.3.0-gpu-py312-cu130-ubuntu22.04'],
  ['huggingFace', '4.6.1', 'gpu', '763104351884/huggingface-pytorch-training:1.8.1-transformers4.6.1-gpu-py36-cu111-ubuntu18.04'],
] as const)('%s %s for %s is where the SDK finds it', (kind, version, processor, expected) => {
  expect(uri(kind, version, processor)).toBe(expected);
});

test.each([
  ['scikitLearn', '1.2-1', 'af-south-1', '510948584623'],
  ['scikitLearn', '1.2-1', 'us-gov-west-1', '414596584902'],
  ['scikitLearn', '1.2-1', 'ap-east-2', undefined],
  ['spark', '3.5', 'mx-central-1', '211125459255'],
  ['clarify', '1.0', 'eu-central-2', '730335477804'],
  ['clarify', '1.0', 'il-central-1', undefined],
  ['modelMonitor', '', 'eu-south-2', '437450045455'],
  ['modelMonitor', '', 'us-gov-west-1', undefined],
  ['dataWrangler', '2.x', 'il-central-1', undefined],
  ['dataWrangler', '3.x', 'il-central-1', '406833011540'],
  ['pytorch', '2.8.0', 'cn-north-1', '727897471807'],
  ['pytorch', '2.8.0', 'ap-southeast-7', '590183813437'],
  ['huggingFace', '5.3.0', 'me-south-1', '217643126080'],
  ['huggingFace', '5.3.0', 'ap-east-2', undefined],
])('the account that holds %s %s in %s is %s', (kind, version, region, account) => {
  expect(IMAGE_ACCOUNTS[IMAGES[kind][version].accounts][region]).toBe(account);
});
