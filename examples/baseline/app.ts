import { App } from 'aws-cdk-lib';
import { BaselineStack } from './baseline-stack';

new BaselineStack(new App(), 'Baseline');
