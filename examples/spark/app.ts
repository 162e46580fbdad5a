import { App } from 'aws-cdk-lib';
import { SparkStack } from './spark-stack';

new SparkStack(new App(), 'Spark');
