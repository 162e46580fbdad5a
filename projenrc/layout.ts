import { awscdk } from 'projen';

const CONTRACT = 'provider/contract.ts';
/** The folders that every kind of job may use. */
const FOUNDATION = ['provider', 'validation', 'cdk', 'service-model'];
/** The handler is a program of its own. It shares the contract and the service model with the constructs. */
const SHARED_WITH_HANDLER = [CONTRACT, 'service-model'];

/**
 * The folders and files of `src` that each of its folders may import, as docs/architecture.md draws them.
 * A new kind of job adds a line.
 */
const LAYOUT: { readonly [path: string]: readonly string[] } = {
  'processing-job': ['job', ...FOUNDATION],
  'automl-job': ['job', ...FOUNDATION],
  'automl-job-v2': ['automl-job', 'job', ...FOUNDATION],
  'automl-model': ['automl-job', 'job', ...FOUNDATION],
  'job': FOUNDATION,
  'provider': ['validation', 'cdk', 'service-model'],
  [CONTRACT]: ['service-model'],
  'validation': ['service-model'],
  'cdk': ['service-model'],
  'service-model': [],
  'handler': SHARED_WITH_HANDLER,
  'handler/life': ['handler/event.ts', 'handler/kinds/job-kind.ts', 'handler/services', ...SHARED_WITH_HANDLER],
  'handler/kinds': ['handler/services', ...SHARED_WITH_HANDLER],
  'handler/services': SHARED_WITH_HANDLER,
};

/** Makes lint fail when an import within `src` is not in the layout, or closes a cycle. */
export function guardLayout(project: awscdk.AwsCdkConstructLibrary): void {
  project.eslint!.addRules({
    'import/no-cycle': 'error',
    'import/no-restricted-paths': ['error', {
      zones: Object.entries(LAYOUT).map(([path, allowed]) => ({
        target: `./src/${path}`,
        from: './src',
        except: [path, ...allowed].map((each) => `./${each}`),
        message: `src/${path} may import ${allowed.length === 0 ? 'nothing else of src' : allowed.join(', ')}: see docs/architecture.md.`,
      })),
    }],
  });
  // `import/no-cycle` ignores `import type`.
  project.eslint!.addOverride({
    files: ['src/**/*.ts'],
    rules: { '@typescript-eslint/consistent-type-imports': ['error', { prefer: 'no-type-imports', disallowTypeAnnotations: false }] },
  });
}
