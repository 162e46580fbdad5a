const { SageMakerClient, CreateProcessingJobCommand, StopProcessingJobCommand } = require('@aws-sdk/client-sagemaker');

const client = new SageMakerClient({});

// What the least handler does that somebody writes for the Provider framework: no care for updates, retries or rollbacks.
exports.onEvent = async ({ RequestType, LogicalResourceId, PhysicalResourceId, ResourceProperties: { Request } }) => {
  if (RequestType === 'Delete') {
    await client.send(new StopProcessingJobCommand({ ProcessingJobName: PhysicalResourceId })).catch(() => {});
    return {};
  }
  const ProcessingJobName = `${LogicalResourceId}-${Date.now()}`;
  const { ClusterConfig } = Request.ProcessingResources;
  const ProcessingResources = {
    ClusterConfig: { ...ClusterConfig, InstanceCount: Number(ClusterConfig.InstanceCount), VolumeSizeInGB: Number(ClusterConfig.VolumeSizeInGB) },
  };
  await client.send(new CreateProcessingJobCommand({ ...Request, ProcessingJobName, ProcessingResources }));
  return { PhysicalResourceId: ProcessingJobName };
};
