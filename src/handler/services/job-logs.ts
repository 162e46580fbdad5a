import { CloudWatchLogsClient, DescribeLogStreamsCommand, GetLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { CLIENT_OPTIONS } from './sagemaker';

export interface JobLogs {
  /** The last lines of all streams of a job together, oldest first. */
  lastLines(logGroup: string, jobName: string, count: number): Promise<string[]>;
}

/** How many streams to read. A job has one for each instance. */
const STREAMS = 5;

export function cloudWatchJobLogs(): JobLogs {
  const client = new CloudWatchLogsClient(CLIENT_OPTIONS);
  return {
    async lastLines(logGroup, jobName, count) {
      const { logStreams = [] } = await client.send(new DescribeLogStreamsCommand({
        logGroupName: logGroup, logStreamNamePrefix: `${jobName}/`, limit: STREAMS,
      }));
      const pages = await Promise.all(logStreams.map((stream) => client.send(new GetLogEventsCommand({
        logGroupName: logGroup, logStreamName: stream.logStreamName, limit: count, startFromHead: false,
      }))));
      return pages
        .flatMap((page) => page.events ?? [])
        .sort((a, b) => (a.timestamp ?? 0) - (b.timestamp ?? 0))
        .slice(-count)
        .map((event) => (event.message ?? '').trimEnd());
    },
  };
}
