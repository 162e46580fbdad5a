import { App } from 'aws-cdk-lib';
import { VpcStack } from './vpc-stack';

new VpcStack(new App(), 'Vpc');
