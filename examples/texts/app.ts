import { App } from 'aws-cdk-lib';
import { TextsStack } from './texts-stack';

new TextsStack(new App(), 'Texts');
