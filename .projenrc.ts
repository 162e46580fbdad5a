import { awscdk, github, javascript, JsonPatch, release, ReleasableCommits } from 'projen';
import { addChecks } from './projenrc/checks';
import { guardLayout } from './projenrc/layout';
import { addTasks } from './projenrc/tasks';

const repositoryUrl = 'https://github.com/cdk-sagemaker-jobs/cdk-sagemaker-jobs';

// The lowest versions of the peer dependencies: what the everyday tests run with.
const FLOOR = {
  // IFunctionRef, IRoleRef, ... as the grantees and parts of grants classes
  cdk: '2.240.0',
  // what aws-cdk-lib asks for from 2.239 on, and the first 10.5 that Go's module proxy serves
  constructs: '10.5.1',
};
// The newest that the tests are known to pass with. To move them, change them here: `npx projen test:newest`
// tries what is newest today, as the workflow `checks` does every week.
const LATEST = { cdk: '2.276.0', constructs: '10.8.1' };
// The first is the lowest that the package allows; the others are what its users have.
const NODE_VERSIONS = ['20', '22', '24'];

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
  // npm 11, which publishing without a token needs
  workflowNodeVersion: NODE_VERSIONS[2],

  cdkVersion: FLOOR.cdk,
  constructsVersion: FLOOR.constructs,
  jsiiVersion: '~6.0.16',
  typescriptVersion: '~6.0.0',
  projenVersion: '0.103.25',

  devDeps: [
    // the handler: bundled into assets/handler, so not a dependency of the published package
    'esbuild@0.28.2',
    '@aws-sdk/client-sagemaker@3.1142.0',
    '@aws-sdk/client-cloudformation@3.1142.0',
    '@aws-sdk/client-cloudwatch-logs@3.1142.0',
    // the one call of EC2 that it makes, for whose client it would have to be three times as large
    '@aws-sdk/core@3.981.0',
    '@smithy/core@3.41.0',
    '@smithy/signature-v4@5.7.5',
    '@types/aws-lambda@8.10.159',
    // the local cloud and its demo: the CLI that deploys, and the public data set
    'aws-cdk@2.1148.1',
    'vega-datasets@3.2.1',
    // property-based tests
    'fast-check@4.10.2',
    // what security reviews run; the last that works at the floor of aws-cdk-lib
    'cdk-nag@2.38.2',
    // judges in the tests what the policies of a template allow. Its licence is AGPL-3.0: a tool of the tests alone, never bundled or published
    '@cloud-copilot/iam-simulate@0.1.173',
  ],

  // Callers debug their own code: half of the package would be maps to sources.
  tsconfig: { compilerOptions: { inlineSourceMap: false, inlineSources: false } },

  // The handler is bundled by esbuild; jsii compiles only the constructs.
  excludeTypescript: ['src/handler/**'],

  jestOptions: {
    updateSnapshot: javascript.UpdateSnapshot.NEVER,
    jestConfig: {
      collectCoverage: false,
      maxWorkers: 2,
      testPathIgnorePatterns: ['/node_modules/', '<rootDir>/test/api/', '<rootDir>/test/e2e/'],
    },
  },

  // A release is a decision: somebody starts the workflow, after the checks have passed. Registries trust that workflow
  // where they can, so that there is no token to lose.
  majorVersion: 0,
  releaseTrigger: release.ReleaseTrigger.workflowDispatch(),
  releasableCommits: ReleasableCommits.featuresAndFixes(),
  npmTrustedPublishing: true,
  // The last that runs on Node.js 20: without it, `npm ci` prints 85 lines of warnings there.
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

  // What has not changed since is not linted again.
  eslintOptions: { dirs: ['src'], commandOptions: { extraArgs: ['--cache', '--cache-location', 'node_modules/.cache/eslint'] } },

  npmIgnoreOptions: {
    ignorePatterns: [
      '.jsii.tabl.json', '/.bench/', '/.ci/', '/.local-cloud/', '/.venv/', '/API.md', '/CONTRIBUTING.md', '/SECURITY.md', '/benchmarks/', '/docs/',
      '/examples/', '/local-cloud/', '/rosetta/', '/tools/',
    ],
  },
  gitignore: ['/.bench/', '/cdk.out/', '/assets/', '/.local-cloud/', '/.venv/', '.jsii.tabl.json', '__pycache__/'],
  sampleCode: false,
  githubOptions: {
    mergify: false,
    dependencyReview: true,
    pullRequestLintOptions: {
      semanticTitleOptions: { types: ['build', 'chore', 'ci', 'docs', 'feat', 'fix', 'perf', 'refactor', 'revert', 'style', 'test'] },
    },
  },
  // What has been out for a week has been looked at by others.
  depsUpgradeOptions: {
    cooldown: 7,
    workflowOptions: { schedule: javascript.UpgradeDependenciesSchedule.WEEKLY },
  },
});

// A fresh lock file misses the optional platform packages of other versions, and `npm ci` then refuses it.
project.package.addField('overrides', { 'unrs-resolver': '1.12.2' });
// No package may run a script when it is installed. These have one, and work without: their binaries are optional packages. npm 11 warns of others.
project.package.addField('allowScripts', { '@parcel/watcher': false, 'esbuild': false, 'unrs-resolver': false });
// No address of a package registry in committed files: npm leaves them out of the lock file
// (the integrity hashes stay), and the release workflow falls back on the publisher's default.
project.npmrc.addConfig('omit-lockfile-registry-resolved', 'true');
const releaseWorkflow = project.github!.tryFindWorkflow('release') as github.GithubWorkflow;
releaseWorkflow.file!.patch(JsonPatch.remove('/jobs/release_npm/steps/9/env/NPM_REGISTRY'));

// The handler is an asset of the constructs: it has to be there before they are compiled, tested or deployed.
const bundle = project.addTask('bundle', {
  description: 'Bundles the custom resource handler into assets/handler',
  exec: [
    'esbuild src/handler/index.ts --bundle --minify --platform=node --target=node20',
    // the modules of the SDK as its authors wrote them can be shaken: a third of the size
    '--main-fields=module,main --outfile=assets/handler/index.js --log-level=warning',
    // Credentials that a function never has: it gets its own from the environment. The SDK loads these when it looks for them, a quarter of the size.
    ...['ini', 'login', 'process', 'sso', 'web-identity'].map((kind) => `--external:@aws-sdk/credential-provider-${kind}`),
  ].join(' '),
});
project.preCompileTask.spawn(bundle);
project.testTask.prependSpawn(bundle);

addTasks(project, bundle, FLOOR, LATEST);
addChecks(project, NODE_VERSIONS);
guardLayout(project);

for (const folder of ['benchmarks', 'examples', 'local-cloud', 'tools']) {
  project.eslint!.addLintPattern(folder);
  project.eslint!.allowDevDeps(`${folder}/**`);
}
project.eslint!.allowDevDeps('src/handler/**');

project.synth();
