import { App } from 'aws-cdk-lib';
import { ForecastingStack } from './forecasting-stack';

new ForecastingStack(new App(), 'Forecasting');
