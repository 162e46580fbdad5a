import { App } from 'aws-cdk-lib';
import { ImagesStack } from './images-stack';

new ImagesStack(new App(), 'Images');
