// Compares the time that it takes to import a processing job of the compiled library with that of importing CloudFormation's own
// resource: each in processes of its own, by turns, after the core of aws-cdk-lib, which every app imports.
// usage: node measure.js [pairs, 15 by default]
const { execFileSync } = require('child_process');
const { join } = require('path');

const REPOSITORY = join(__dirname, '..', '..');
const PAIRS = Number(process.argv[2] ?? 15);

/** The milliseconds of an import, in a process of its own. The modules of aws-cdk-lib load a class when it is first named. */
function importTime(module, className) {
  const script = `
    require('aws-cdk-lib').App;
    const start = performance.now();
    if (!require(${JSON.stringify(module)}).${className}) throw new Error('There is no ${className}.');
    console.log(performance.now() - start);`;
  return Number(execFileSync(process.execPath, ['-e', script], { cwd: REPOSITORY, encoding: 'utf8' }));
}

function summary(values) {
  const sorted = [...values].sort((left, right) => left - right);
  const [low, median, high] = [0.25, 0.5, 0.75].map((share) => sorted[Math.round(share * (sorted.length - 1))].toFixed(2));
  return `${median} (quartiles ${low} and ${high})`;
}

const library = () => importTime(REPOSITORY, 'ProcessingJob');
const peer = () => importTime('aws-cdk-lib/aws-sagemaker', 'CfnProcessingJob');
// The first of each finds the files on the disk.
library();
peer();
const pairs = Array.from({ length: PAIRS }, () => ({ library: library(), peer: peer() }));
console.log(`ProcessingJob of cdk-sagemaker-jobs            ms ${summary(pairs.map((pair) => pair.library))}`);
console.log(`CfnProcessingJob of aws-cdk-lib/aws-sagemaker  ms ${summary(pairs.map((pair) => pair.peer))}`);
console.log(`ratio of each pair                                ${summary(pairs.map((pair) => pair.library / pair.peer))}`);
