/**
 * Writes docs/validation-comparison.md: what the CDK's own constructs and this library find in the same job with ten faults.
 *
 * The CDK's checks of templates are newer than the CDK of this repository, so a newer CDK is installed in a temporary
 * folder. Its findings are kept in cdk-findings.json.
 */
import { spawnSync } from 'child_process';
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { CdkFindings, comparison, ownFindings } from './comparison';
import { REQUEST } from './faults';

const VERSION = '2.276.0';
const DOCUMENT = join(__dirname, '../../docs/validation-comparison.md');

function run(command: string, args: string[], cwd: string, input?: string): string {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd, encoding: 'utf8', input });
  if (status !== 0) {
    throw new Error(`${command} ${args.join(' ')} failed:\n${stderr}`);
  }
  return stdout;
}

function cdkFindings(): CdkFindings {
  const folder = mkdtempSync(join(tmpdir(), 'ten-faults-'));
  try {
    writeFileSync(join(folder, 'package.json'), '{}');
    run('npm', ['install', '--silent', '--no-audit', '--no-fund', `aws-cdk-lib@${VERSION}`, 'constructs@10'], folder);
    copyFileSync(join(__dirname, 'cdk-checks.js'), join(folder, 'cdk-checks.js'));
    return { version: VERSION, ...JSON.parse(run(process.execPath, ['cdk-checks.js'], folder, JSON.stringify(REQUEST))) };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const findings = cdkFindings();
writeFileSync(join(__dirname, 'cdk-findings.json'), `${JSON.stringify(findings, undefined, 2)}\n`);
writeFileSync(DOCUMENT, comparison(findings, ownFindings()));
