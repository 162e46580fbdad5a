import { App } from 'aws-cdk-lib';
import { WeatherStack } from './weather-stack';

new WeatherStack(new App(), 'Weather');
