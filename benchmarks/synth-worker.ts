/** Measures one synthesis in a new process: `node synth-worker.js <way> <count> <roles>` prints the measurements. */
import { mkdtempSync, readFileSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { jobsApp, Roles, Way } from './stacks';

export interface Synthesis {
  /** Milliseconds to load the modules and synthesise a first app with one job. */
  readonly first: number;
  /** Milliseconds of the constructors, and of `app.synth()`. */
  readonly construct: number;
  readonly synth: number;
  /** CPU time of both, in milliseconds. */
  readonly cpu: number;
  /** The peak memory of the process, in MiB. */
  readonly memory: number;
  /** The size of the template without white space. */
  readonly bytes: number;
  readonly resources: number;
  readonly statements: number;
  /** IAM allows 10 managed policies on a role, and 20 on request. */
  readonly managedPolicies: number;
}

const folders: string[] = [];

function outdir(): string {
  const folder = mkdtempSync(join(tmpdir(), 'synth-'));
  folders.push(folder);
  return folder;
}

function synthesise(way: Way, count: number, roles: Roles): Synthesis {
  // Modules are loaded on first use. Load them before the measurement, since the ways use different numbers of modules.
  jobsApp(way, 1, { roles, outdir: outdir() }).synth();
  const first = performance.now();
  const cpuBefore = process.cpuUsage();
  const start = performance.now();
  const app = jobsApp(way, count, { roles, outdir: outdir() });
  const constructed = performance.now();
  const assembly = app.synth();
  const end = performance.now();
  const cpu = process.cpuUsage(cpuBefore);
  const template = JSON.parse(readFileSync(assembly.stacks[0].templateFullPath, 'utf8'));
  const resources = Object.values<any>(template.Resources);
  return {
    first,
    construct: constructed - start,
    synth: end - constructed,
    cpu: (cpu.user + cpu.system) / 1000,
    memory: process.resourceUsage().maxRSS / 1024,
    bytes: JSON.stringify(template).length,
    resources: resources.length,
    statements: resources.flatMap(({ Properties }) => Properties.PolicyDocument?.Statement ?? []).length,
    managedPolicies: resources.filter(({ Type }) => Type === 'AWS::IAM::ManagedPolicy').length,
  };
}

const [way, count, roles] = process.argv.slice(2) as [Way, string, Roles];
try {
  console.log(JSON.stringify(synthesise(way, Number(count), roles)));
} finally {
  folders.forEach((folder) => rmSync(folder, { recursive: true }));
}
