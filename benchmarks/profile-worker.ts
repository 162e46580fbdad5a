/** Profiles the synthesis of many jobs: `node profile-worker.js <way> <count>` prints the milliseconds that each part takes. */
import { mkdtempSync, rmSync } from 'fs';
import { Profiler, Session } from 'inspector';
import { tmpdir } from 'os';
import { join } from 'path';
import { jobsApp, Way } from './stacks';

export type ProfileParts = { readonly [part: string]: number };

/** A part is a function, and the end of its file's name. A part that is called within another part counts as the outer one only. */
const PARTS: readonly (readonly [part: string, functionName: string, file: string])[] = [
  ['the provider, once', 'JobProvider', 'provider.js'],
  ['the asset of the code', 'Asset', 'aws-s3-assets/lib/asset.js'],
  ['the checks of the request, when the job is made', 'checkRequest', 'job-definition.js'],
  ['the checks at synth', 'problemsAtSynth', 'job-base.js'],
  ['what the role and the provider are granted', 'grantOnce', 'grant-once.js'],
  ['', 'addGrants', 'job-definition.js'],
  ['', 'allowProvider', 'job-base.js'],
  ['the name of the job', 'jobNamePrefix', 'job-names.js'],
  ['the rest of the constructors', 'jobsApp', 'stacks.js'],
  ['references and dependencies', 'prepareApp', 'prepare-app.js'],
  ['the template', '_synthesizeTemplate', 'stack.js'],
  ['the rest of the synthesis', 'synth', 'stage.js'],
];

const NAMES = PARTS.map(([part], index) => part || PARTS.slice(0, index).map(([name]) => name).filter(Boolean).pop()!);

const MICROSECONDS = 200;

function partsOf({ nodes, samples = [], timeDeltas = [] }: Profiler.Profile): ProfileParts {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const parents = new Map(nodes.flatMap((node) => (node.children ?? []).map((child) => [child, node.id] as const)));
  const parts: { [part: string]: number } = {};
  samples.forEach((sample, index) => {
    let id: number | undefined = sample;
    while (id !== undefined) {
      const { functionName, url } = byId.get(id)!.callFrame;
      const part = PARTS.findIndex(([, name, file]) => name === functionName && url.endsWith(file));
      if (part >= 0) {
        parts[NAMES[part]] = (parts[NAMES[part]] ?? 0) + timeDeltas[index] / 1000;
        return;
      }
      id = parents.get(id);
    }
  });
  return parts;
}

const folders: string[] = [];

function run(way: Way, count: number): void {
  const outdir = mkdtempSync(join(tmpdir(), 'profile-'));
  folders.push(outdir);
  jobsApp(way, count, { roles: 'shared', outdir }).synth();
}

const [way, count] = process.argv.slice(2) as [Way, string];
const session = new Session();
session.connect();
try {
  run(way, 1);
  session.post('Profiler.enable');
  session.post('Profiler.setSamplingInterval', { interval: MICROSECONDS });
  session.post('Profiler.start');
  run(way, Number(count));
  session.post('Profiler.stop', (error, { profile }) => {
    if (error) {
      throw error;
    }
    console.log(JSON.stringify(partsOf(profile)));
  });
} finally {
  folders.forEach((folder) => rmSync(folder, { recursive: true }));
}
