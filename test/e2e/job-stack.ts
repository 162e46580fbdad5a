import { mkdtempSync } from 'fs';
import { join } from 'path';
import { App, CfnOutput, Stack, Tags } from 'aws-cdk-lib';
import { ProcessingImage, ProcessingInstanceType, ProcessingJob, ProcessingJobProps } from '../../src';

/** An image of which the local cloud only simulates the job. */
export const SIMULATED_IMAGE = ProcessingImage.fromRegistry('123456789012.dkr.ecr.us-east-1.amazonaws.com/image:1');

/**
 * An app with a stack with a job named `Job`, and its name as the output `JobName`.
 *
 * @param folder - where the synthesised app goes
 * @param more - adds to the stack
 */
export function jobStack(
  folder: string, stackName: string, props: Partial<ProcessingJobProps> = {}, more: (stack: Stack, job: ProcessingJob) => void = () => {},
): App {
  const app = new App({ outdir: mkdtempSync(join(folder, 'app-')) });
  const stack = new Stack(app, stackName);
  const job = new ProcessingJob(stack, 'Job', { image: SIMULATED_IMAGE, instanceType: ProcessingInstanceType.M5_LARGE, ...props });
  new CfnOutput(stack, 'JobName', { value: job.processingJobName });
  more(stack, job);
  return app;
}

/** The same app, with tags on the job. */
export function taggedJobStack(folder: string, stackName: string, tags: Record<string, string>): App {
  return jobStack(folder, stackName, {}, (_, job) => Object.entries(tags).forEach(([name, value]) => Tags.of(job).add(name, value)));
}
