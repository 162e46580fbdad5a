import { App } from 'aws-cdk-lib';
import { ChainStack } from './chain-stack';

new ChainStack(new App(), 'Chain');
