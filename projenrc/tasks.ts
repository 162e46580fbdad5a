import { awscdk, Task } from 'projen';

/** Versions of the peer dependencies. */
interface Peers {
  readonly cdk: string;
  readonly constructs: string;
}

/** Adds the tasks that contributors run, beside those of every projen project. Tasks that use the handler run `bundle` first. */
export function addTasks(project: awscdk.AwsCdkConstructLibrary, bundle: Task, floor: Peers, latest: Peers): void {
  const generate = 'python3 tools/service-model/generate.py';
  project.addTask('service-model', { description: 'Generates the tables of the service model from pinned packages', exec: generate });
  project.addTask('service-model:check', { description: 'Fails when those tables are not up to date', exec: `${generate} --check` });

  const simulator = 'ts-node -T -P test/tsconfig.json test/simulator/main.ts';
  project.addTask('simulate', {
    description: 'Simulates random lives of stacks and reports the first that goes wrong: [lives] [seed]',
    steps: [{ spawn: bundle.name }, { exec: simulator, receiveArgs: true }],
  });
  project.addTask('simulate:bugs', {
    description: 'Plants bugs in the handler, and counts the simulated lives until each is noticed',
    steps: [{ spawn: bundle.name }, { exec: `${simulator} bugs` }],
  });

  const localCloud = 'ts-node -T -P local-cloud/tsconfig.json';
  project.addTask('demo', {
    description: 'Deploys an example to a cloud on this machine, and shows what happens',
    steps: [{ spawn: bundle.name }, { exec: `${localCloud} local-cloud/demo.ts` }],
  });
  project.addTask('demo:automl', {
    description: 'The same for an AutoML job and the model of its best candidate',
    steps: [{ spawn: bundle.name }, { exec: `${localCloud} local-cloud/demo-automl.ts` }],
  });
  project.addTask('e2e', {
    description: 'Tests deployments on a cloud on this machine',
    steps: [{ spawn: bundle.name }, { exec: 'jest --config test/e2e/jest.config.json', receiveArgs: true }],
  });
  project.addTask('bench', {
    description: 'Measures the library beside its peers, and writes docs/benchmarks.md',
    steps: [{ spawn: bundle.name }, { exec: 'ts-node -T -P benchmarks/tsconfig.json benchmarks/bench.ts', receiveArgs: true }],
  });
  project.addTask('test:consumers', {
    description: 'Uses the built packages as TypeScript, JavaScript, Python, Java, Go and C# apps do; those named, or all',
    exec: 'bash test/consumers/run.sh',
    receiveArgs: true,
  });
  // These tests read the assembly that the compiler writes, so they run after it, with the generation of API.md.
  const api = project.addTask('test:api', {
    description: 'Tests that the public API is documented in full, with the limits of the service model',
    exec: 'jest --config test/api/jest.config.json',
  });
  project.postCompileTask.spawn(api);
  const translations = project.addTask('translations', {
    description: "Writes the README's snippets in other languages: docs/python.md and its like",
    exec: 'ts-node -T -P tools/tsconfig.json tools/translations/translate.ts',
  });
  project.postCompileTask.spawn(translations);
  project.addTask('test:floor', {
    description: 'Tests with the lowest versions of the peer dependencies, in a copy',
    exec: `bash test/versions/run.sh floor ${floor.cdk} ${floor.constructs}`,
    receiveArgs: true,
  });
  project.addTask('test:latest', {
    description: 'Tests with the newest versions of the peer dependencies, in a copy',
    exec: `bash test/versions/run.sh latest ${latest.cdk} ${latest.constructs}`,
    receiveArgs: true,
  });
  project.addTask('test:newest', {
    description: 'The same with the newest versions on npm today',
    exec: 'bash test/versions/run.sh newest latest latest',
    receiveArgs: true,
  });
  project.addTask('import-time', {
    description: 'Compares the time that it takes to import a processing job with that of CfnProcessingJob',
    exec: 'node test/import-time/measure.js',
    receiveArgs: true,
  });
  const rosetta = project.addTask('rosetta', {
    description: 'Fails when an example of the README or of a doc comment does not compile',
    exec: 'jsii-rosetta extract --strict .jsii',
  });
  // The packages of other languages take their examples from what it writes, and have those of TypeScript otherwise.
  for (const language of ['python', 'java', 'dotnet', 'go']) {
    project.tasks.tryFind(`package:${language}`)!.prependSpawn(rosetta);
  }
  project.addTask('site', {
    description: 'Builds the site of the documentation in site/, and looks at it in Chromium',
    exec: 'bash tools/site/build.sh',
    receiveArgs: true,
  });
  project.addTask('workflows', {
    description: 'Checks the workflows of GitHub',
    // npm does not have actionlint
    exec: 'go run github.com/rhysd/actionlint/cmd/actionlint@v1.7.12 -shellcheck= -pyflakes=',
  });

  // projen's own task compares with the latest release on npm, and passes as long as there is none.
  project.tasks.tryFind('compat')!.reset('node tools/compat/compat.js');
  project.addTask('compat:baseline', {
    description: 'Makes the present public API the baseline of `compat`: after a release, or with a breaking change',
    exec: 'node tools/compat/compat.js --renew',
  });
}
