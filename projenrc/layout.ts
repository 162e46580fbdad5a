import { awscdk } from 'projen';

const CONTRACT = 'provider/contract.ts';
/** What all kinds of job stand on. */
const FOUNDATION = ['provider', 'validation', 'cdk', 'service-model'];
/** The handler is another program: of the constructs it knows what both sides agree on. */
const SHARED_WITH_HANDLER = [CONTRACT, 'service-model'];

/**
 * What each folder or file of `src` may import of the rest of it: the arrows of docs/architecture.md.
 * A new kind of job is a new line.
 */
const LAYOUT: { readonly [path: string]: readonly string[] } = {
  'processing-job': ['job', ...FOUNDATION],
  'automl-job': ['job', ...FOUNDATION],
  'automl-model': ['automl-job', 'job', ...FOUNDATION],
  'job': FOUNDATION,
  'provider': ['cdk', 'service-model'],
  [CONTRACT]: ['service-model'],
  'validation': ['service-model'],
  'cdk': ['service-model'],
  'service-model': [],
  'handler': SHARED_WITH_HANDLER,
  'handler/life': ['handler/event.ts', 'handler/kinds/job-kind.ts', 'handler/services', ...SHARED_WITH_HANDLER],
  'handler/kinds': ['handler/services', ...SHARED_WITH_HANDLER],
  'handler/services': SHARED_WITH_HANDLER,
};

/** Lint fails when an import of `src` goes up or sideways, or closes a cycle. */
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
  // `import/no-cycle` does not see what is imported as a type.
  project.eslint!.addOverride({
    files: ['src/**/*.ts'],
    rules: { '@typescript-eslint/consistent-type-imports': ['error', { prefer: 'no-type-imports', disallowTypeAnnotations: false }] },
  });
}
