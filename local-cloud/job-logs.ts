import { CloudWatchLogsClient, DescribeLogStreamsCommand, GetLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';

/** Reads what the jobs of the local cloud have printed. */
export class JobLogs {
  constructor(private readonly client: CloudWatchLogsClient) {}

  async lines(jobName: string, logGroupName = '/aws/sagemaker/ProcessingJobs'): Promise<string[]> {
    const { logStreams } = await this.client.send(new DescribeLogStreamsCommand({ logGroupName, logStreamNamePrefix: `${jobName}/` }));
    const pages = await Promise.all((logStreams ?? []).map(async ({ logStreamName }) =>
      this.client.send(new GetLogEventsCommand({ logGroupName, logStreamName, startFromHead: true }))));
    return pages.flatMap((page) => (page.events ?? []).map((event) => event.message!));
  }
}
