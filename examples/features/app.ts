import { App } from 'aws-cdk-lib';
import { FeaturesStack } from './features-stack';

new FeaturesStack(new App(), 'Features');
