import { awscdk, github } from 'projen';

const { ActionRefs } = github;

const setUp = (node: string): github.workflows.JobStep[] => [
  { uses: ActionRefs.ACTIONS_CHECKOUT },
  { uses: ActionRefs.ACTIONS_SETUP_NODE, with: { 'node-version': node, 'package-manager-cache': false } },
];

/**
 * Adds the workflow `checks`: all checks with the first version of Node.js, the everyday tests with each version, and
 * once a week the tests with the newest CDK.
 */
export function addChecks(project: awscdk.AwsCdkConstructLibrary, nodeVersions: readonly string[], javaVersion: string): void {
  const checks = project.github!.addWorkflow('checks');
  checks.on({ pullRequest: {}, push: { branches: ['main'] }, schedule: [{ cron: '0 3 * * 1' }], workflowDispatch: {} });
  checks.addJobs({
    everything: {
      runsOn: ['ubuntu-latest'],
      permissions: { contents: github.workflows.JobPermission.READ },
      steps: [
        ...setUp(nodeVersions[0]),
        { uses: ActionRefs.ACTIONS_SETUP_PYTHON, with: { 'python-version': '3.11' } },
        { uses: ActionRefs.ACTIONS_SETUP_JAVA, with: { 'distribution': 'corretto', 'java-version': javaVersion } },
        { uses: ActionRefs.ACTIONS_SETUP_GO, with: { 'go-version': 'stable', 'cache': false } },
        { run: '.ci/run' },
      ],
    },
    node: {
      name: 'Node.js ${{ matrix.node }}',
      runsOn: ['ubuntu-latest'],
      permissions: { contents: github.workflows.JobPermission.READ },
      strategy: { failFast: false, matrix: { domain: { node: [...nodeVersions, 'current'] } } },
      steps: [...setUp('${{ matrix.node }}'), { run: 'npm ci' }, { run: 'npx projen compile' }, { run: 'npx projen test' }],
    },
    newest: {
      name: 'The newest CDK',
      if: "github.event_name == 'schedule' || github.event_name == 'workflow_dispatch'",
      runsOn: ['ubuntu-latest'],
      permissions: { contents: github.workflows.JobPermission.READ },
      steps: [...setUp(nodeVersions[0]), { run: 'npm ci' }, { run: 'npx projen test:newest' }],
    },
  });
}
