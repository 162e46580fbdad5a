import { Project, YamlFile } from 'projen';

/** What whoever reviews a change needs. */
export const PULL_REQUEST_TEMPLATE = [
  'Fixes #',
  '',
  '**What changes for users**, and why. A new error or warning: its text.',
  '',
  '- [ ] A test fails without this change.',
  '- [ ] `npx projen test` passes, and `npx projen compat` unless the change is breaking and says so.',
  '- [ ] README, docs and doc comments say what holds now; what is not obvious is a decision in docs/decisions.',
];

const area = (id: string, label: string, description: string, required = true) =>
  ({ type: 'textarea', id, attributes: { label, description }, validations: { required } });

/** The forms of issues ask for what is needed to find a fault without a second question. */
export function addIssueForms(project: Project): void {
  const form = (file: string, obj: object) => new YamlFile(project, `.github/ISSUE_TEMPLATE/${file}.yml`, { obj });
  form('config', { blank_issues_enabled: true });
  form('bug', {
    name: 'Something is wrong',
    description: 'An error at synth or in a deployment, a job that behaves otherwise than documented',
    labels: ['bug'],
    body: [
      area('happened', 'What happened',
        'The error as printed; of a deployment, the event of the stack with its reason. Leave out account ids and private names.'),
      area('expected', 'What you expected', 'And where it is documented, if it is.'),
      area('code', 'The smallest stack that shows it',
        'The construct with its properties, in your language. For a deployment: what was deployed before.'),
      area('versions', 'Versions', 'cdk-sagemaker-jobs, aws-cdk-lib, the CLI (`cdk --version`), Node.js, and your language.'),
      area('logs', 'Logs',
        'Of the function whose name contains SageMakerJobProvider, if it is about a deployment. It logs no environment values.', false),
    ],
  });
  form('feature', {
    name: 'Something is missing',
    description: 'A member of the API, a kind of job, a check at synth',
    labels: ['enhancement'],
    body: [
      area('task', 'What you want to do', 'The task, rather than the solution.'),
      area('today', 'What you do today', 'For example with addRequestOverride, or another tool.', false),
      area('source', 'Where AWS documents it', 'The page of the API or of the guide. What the service refuses without saying so: its error.', false),
    ],
  });
}
