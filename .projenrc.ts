import { awscdk, github, javascript, JsonPatch, release, ReleasableCommits } from 'projen';
import { addChecks } from './projenrc/checks';
import { guardLayout } from './projenrc/layout';
import { addTasks } from './projenrc/tasks';
import { addIssueForms, PULL_REQUEST_TEMPLATE } from './projenrc/templates';

const repositoryUrl = 'https://github.com/cdk-sagemaker-jobs/cdk-sagemaker-jobs';

// The lowest versions of the peer dependencies. The everyday tests run with them.
const FLOOR = {
  // the first with IFunctionRef, IRoleRef and their like, which the grants classes take
  cdk: '2.240.0',
  // required by aws-cdk-lib since 2.239, and the first 10.5 that Go's module proxy serves
  constructs: '10.5.1',
};
// The newest versions that the tests are known to pass with. Raise them after `npx projen test:newest`, which tries
// the newest versions on npm, has passed. The workflow `checks` runs it every week.
const LATEST = { cdk: '2.276.0', constructs: '10.8.1' };
// The first is the lowest version that the package allows.
const NODE_VERSIONS = ['20', '22', '24'];
const JAVA_VERSION = '17';

const project = new awscdk.AwsCdkConstructLibrary({
  name: 'cdk-sagemaker-jobs',
  description: 'SageMaker jobs as CDK constructs: validated at synth time, run by the deployment, safe through updates, rollbacks and deletion',
  author: 'The cdk-sagemaker-jobs contributors',
  authorAddress: repositoryUrl,
  authorOrganization: true,
  repositoryUrl,
  license: 'Apache-2.0',
  stability: 'experimental',
  keywords: ['aws', 'aws-cdk', 'cdk', 'sagemaker', 'processing-job', 'automl', 'autopilot', 'machine-learning'],
  defaultReleaseBranch: 'main',
  projenrcTs: true,
  packageManager: javascript.NodePackageManager.NPM,
  minNodeVersion: '20.9.0',
  // it has npm 11, which can publish without a token
  workflowNodeVersion: NODE_VERSIONS[2],

  cdkVersion: FLOOR.cdk,
  constructsVersion: FLOOR.constructs,
  jsiiVersion: '~6.0.16',
  typescriptVersion: '~6.0.0',
  projenVersion: '0.103.25',

  devDeps: [
    // for the handler. They are bundled into assets/handler, so the published package does not depend on them
    'esbuild@0.28.2',
    '@aws-sdk/client-sagemaker@3.1142.0',
    '@aws-sdk/client-cloudformation@3.1142.0',
    '@aws-sdk/client-cloudwatch-logs@3.1142.0',
    '@aws-sdk/client-sfn@3.1142.0',
    // for the handler's only call of EC2. The SDK's client of EC2 would triple the size of the bundle
    '@aws-sdk/core@3.981.0',
    '@smithy/core@3.41.0',
    '@smithy/signature-v4@5.7.5',
    '@types/aws-lambda@8.10.159',
    // for the local cloud and its demo: the CLI that deploys, and the data sets of the examples
    'aws-cdk@2.1148.1',
    'vega-datasets@3.2.1',
    'sentiment@5.0.2',
    // property-based tests
    'fast-check@4.10.2',
    // for test/security; the last version that works with the lowest aws-cdk-lib
    'cdk-nag@2.38.2',
    // judges in the tests what the policies of a template allow. Its licence is AGPL-3.0: a tool of the tests alone, never bundled or published
    '@cloud-copilot/iam-simulate@0.1.173',
    // whether definitions of state machines are some, and what the expressions of JSONata in them give
    'asl-validator@4.0.0',
    'jsonata@2.2.2',
    // drives the browser that looks at the documentation's site; it downloads none of its own
    'playwright-core@1.65.1',
  ],

  // Source maps would be half of the package, and callers debug their own code.
  tsconfig: { compilerOptions: { inlineSourceMap: false, inlineSources: false } },

  // The handler is bundled by esbuild; jsii compiles only the constructs.
  excludeTypescript: ['src/handler/**'],

  jestOptions: {
    updateSnapshot: javascript.UpdateSnapshot.NEVER,
    jestConfig: {
      collectCoverage: false,
      maxWorkers: 2,
      // Tests that start a process, or synthesise many times, are slow on a machine that has other work.
      testTimeout: 60_000,
      moduleNameMapper: { '^\\./feature-flag-report$': '<rootDir>/test/no-feature-flag-report.ts' },
      testPathIgnorePatterns: ['/node_modules/', '<rootDir>/test/api/', '<rootDir>/test/e2e/'],
    },
  },

  // Somebody starts the release workflow after the checks have passed. Registries trust that workflow
  // where they can, so that there is no token to lose.
  majorVersion: 0,
  releaseTrigger: release.ReleaseTrigger.workflowDispatch(),
  releasableCommits: ReleasableCommits.featuresAndFixes(),
  npmTrustedPublishing: true,
  // The last version that runs on Node.js 20: with a newer one `npm ci` prints 85 lines of warnings there.
  bumpPackage: 'commit-and-tag-version@^12.7.3',
  versionrcOptions: {
    types: [
      { type: 'feat', section: 'Features' },
      { type: 'fix', section: 'Bug Fixes' },
      { type: 'perf', section: 'Performance' },
      { type: 'docs', section: 'Documentation' },
      ...['build', 'chore', 'ci', 'refactor', 'revert', 'style', 'test'].map((type) => ({ type, hidden: true })),
    ],
  },
  publishToPypi: { distName: 'cdk-sagemaker-jobs', module: 'cdk_sagemaker_jobs', trustedPublishing: true },
  publishToMaven: {
    javaPackage: 'io.github.cdksagemakerjobs',
    mavenGroupId: 'io.github.cdksagemakerjobs',
    mavenArtifactId: 'cdk-sagemaker-jobs',
  },
  publishToNuget: { dotNetNamespace: 'CdkSagemakerJobs', packageId: 'CdkSagemakerJobs', trustedPublishing: true },
  publishToGo: { moduleName: 'github.com/cdk-sagemaker-jobs/cdk-sagemaker-jobs-go', packageName: 'cdksagemakerjobs' },

  // Lint only files that have changed since the last run.
  eslintOptions: { dirs: ['src'], commandOptions: { extraArgs: ['--cache', '--cache-location', 'node_modules/.cache/eslint'] } },

  npmIgnoreOptions: {
    ignorePatterns: [
      '.jsii.tabl.json', '/.bench/', '/.ci/', '/.local-cloud/', '/.venv/', '/API.md', '/CONTRIBUTING.md', '/SECURITY.md', '/benchmarks/', '/docs/',
      '/examples/', '/local-cloud/', '/rosetta/', '/site/', '/tools/',
    ],
  },
  gitignore: ['/.bench/', '/cdk.out/', '/assets/', '/site/', '/.local-cloud/', '/.venv/', '.jsii.tabl.json', '__pycache__/'],
  sampleCode: false,
  pullRequestTemplateContents: PULL_REQUEST_TEMPLATE,
  githubOptions: {
    mergify: false,
    dependencyReview: true,
    pullRequestLintOptions: {
      semanticTitleOptions: { types: ['build', 'chore', 'ci', 'docs', 'feat', 'fix', 'perf', 'refactor', 'revert', 'style', 'test'] },
    },
  },
  // Wait a week before upgrading, so that others find the broken or malicious releases.
  depsUpgradeOptions: {
    cooldown: 7,
    workflowOptions: { schedule: javascript.UpgradeDependenciesSchedule.WEEKLY },
  },
});

// Without the pin a new lock file lacks the optional packages of other platforms, and `npm ci` refuses it.
project.package.addField('overrides', { 'unrs-resolver': '1.12.2' });
// These packages have install scripts but work without them: npm installs their binaries as optional packages.
// npm 11 warns of any other package with an install script.
project.package.addField('allowScripts', { '@parcel/watcher': false, 'esbuild': false, 'unrs-resolver': false });
// Committed files contain no address of a package registry. npm leaves it out of the lock file but
// keeps the integrity hashes, and the release workflow uses the publisher's default.
project.npmrc.addConfig('omit-lockfile-registry-resolved', 'true');
const releaseWorkflow = project.github!.tryFindWorkflow('release') as github.GithubWorkflow;
releaseWorkflow.file!.patch(JsonPatch.remove('/jobs/release_npm/steps/9/env/NPM_REGISTRY'));
// projen's default is Java 11. The checks run with 17, which CONTRIBUTING.md names, so what is released is made with it.
releaseWorkflow.file!.patch(JsonPatch.replace('/jobs/release_maven/steps/0/with/java-version', JAVA_VERSION));
project.github!.tryFindWorkflow('build')!.file!.patch(JsonPatch.replace('/jobs/package-java/steps/0/with/java-version', JAVA_VERSION));

// The handler is an asset of the constructs, so it is bundled before they are compiled, tested or deployed.
const bundle = project.addTask('bundle', {
  description: 'Bundles the custom resource handler into assets/handler',
  exec: [
    // What answers CloudFormation is a bundle of its own, which loads the rest when there is an event.
    'esbuild src/handler/index.ts src/handler/looking.ts --external:./looking --bundle --minify --platform=node --target=node20',
    // esbuild can drop unused code of ES modules only, which makes the bundle a third of the size
    '--main-fields=module,main --outdir=assets/handler --metafile=node_modules/.cache/handler.json --log-level=warning',
    // A Lambda function gets its credentials from the environment. Leaving out the SDK's other providers saves a quarter of the size.
    ...['ini', 'login', 'process', 'sso', 'web-identity'].map((kind) => `--external:@aws-sdk/credential-provider-${kind}`),
  ].join(' '),
});
// Beside the bundle: within its folder it would be a part of the function, whose code would change with it.
bundle.exec('node tools/sbom/sbom.js node_modules/.cache/handler.json assets/handler.cdx.json');
project.preCompileTask.spawn(bundle);
// A file that is no longer there would stay, be in the package, and hide a folder of its name.
project.compileTask.prependExec('rm -rf lib');
project.testTask.prependSpawn(bundle);

addTasks(project, bundle, FLOOR, LATEST);
addChecks(project, NODE_VERSIONS, JAVA_VERSION);
addIssueForms(project);
guardLayout(project);

for (const folder of ['benchmarks', 'examples', 'local-cloud', 'tools']) {
  project.eslint!.addLintPattern(folder);
  project.eslint!.allowDevDeps(`${folder}/**`);
}
project.eslint!.allowDevDeps('src/handler/**');

project.synth();
