import { App } from 'aws-cdk-lib';
import { PenguinsStack } from './penguins-stack';

new PenguinsStack(new App(), 'Penguins');
