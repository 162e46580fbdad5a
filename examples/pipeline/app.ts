import { App } from 'aws-cdk-lib';
import { PipelineStack } from './pipeline-stack';

new PipelineStack(new App(), 'Pipeline');
