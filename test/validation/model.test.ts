import { violations } from '../../src/validation/model';

/** What is wrong with a request that has this, and only this, beside what every request needs. */
function violationsOf(request: object) {
  return violations({
    ProcessingJobName: 'name',
    AppSpecification: { ImageUri: 'image' },
    ProcessingResources: { ClusterConfig: { InstanceCount: 1, InstanceType: 'ml.m5.xlarge', VolumeSizeInGB: 30 } },
    RoleArn: 'arn:aws:iam::123456789012:role/jobs',
    ...request,
  }, 'CreateProcessingJobRequest');
}

describe('a location that is none in S3', () => {
  test.each([
    ['data/raw', "Use 's3://data/raw', for example."],
    ['/data/raw', "Use 's3://data/raw', for example."],
    ['//data/raw', "Use 's3://data/raw', for example."],
    ['s3:/data/raw', "Use 's3://data/raw', for example."],
    ['s3//data/raw', "Use 's3://data/raw', for example."],
    ['S3://data/raw', "Use 's3://data/raw', for example."],
    ['http://data/raw', "Use 's3://data/raw', for example."],
    ['arn:aws:s3:::data/raw', "Use 's3://data/raw', for example."],
    ['arn:aws-cn:s3:::data/raw', "Use 's3://data/raw', for example."],
    ['s3://', 'Fill it in so, or leave it out.'],
    ['', 'Fill it in so, or leave it out.'],
  ])('%p: %s', (S3Uri, remedy) => {
    const found = violationsOf({ ProcessingInputs: [{ InputName: 'raw', S3Input: { S3DataType: 'S3Prefix', S3Uri } }] });
    expect(found).toEqual([{
      path: ['ProcessingInputs', 0, 'S3Input', 'S3Uri'],
      value: S3Uri,
      allowed: "must be a location in S3, such as 's3://bucket/prefix/'",
      remedy,
    }]);
  });
});
