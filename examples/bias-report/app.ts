import { App } from 'aws-cdk-lib';
import { BiasReportStack } from './bias-report-stack';

new BiasReportStack(new App(), 'BiasReport');
