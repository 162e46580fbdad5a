import { Stack, StackResource } from './cloudformation';
import { nameOf } from './provider';
import type { SimulatedJob, SimulatedSageMaker } from './sagemaker';
import { tagsOf } from './sagemaker';
import type { World } from './world';
import type { CloudFormationEvent } from '../../src/handler/event';
import { definitionOf } from '../../src/handler/life/names';
import { requestOf } from '../../src/handler/life/ownership';
import { DEFINITION_TAG, JobProperties, JOB_COMPLETION, OWNERSHIP_TAG_PREFIX, REQUEST_TAG, RESOURCE_TAG, STACK_TAG } from '../../src/provider/contract';
import * as kinds from '../../src/provider/kinds';

const JOB_TYPES = new Set<string>(Object.values(kinds).map(({ type }) => type));

/** Nothing is left to be done. After a failure, what is broken still has to be deleted. */
const IS_AT_REST = /^(CREATE|UPDATE|UPDATE_ROLLBACK|ROLLBACK)_COMPLETE$|^REVIEW/;

/** What the library itself says about why a request fails, where nothing that it called has failed. */
const OWN_REASONS = [
  /^CloudFormation cancelled this request\./,
  /^The name .* is taken by/,
  /did not end within/,
  /ended with status Failed\.\nFailureReason: /,
  /ended with status Failed\.\nSecondary|ended with status (Failed|Stopped)/,
  /was stopped before it had completed/,
  /does not exist\. Its record was deleted before it was seen to have completed\./,
  /has no best candidate/,
  /has not ended yet/,
  / was given up after 59 minutes /,
];

/** Watches a life, and says what must not be. */
export class Invariants {
  /** How many jobs have been started. */
  public started = 0;

  private readonly rollbackRequests = new Set<string>();
  private readonly names = new Set<string>();
  /** Requests that CloudFormation does not listen to any more, … */
  private readonly ended = new Set<string>();
  /** … and jobs that they have started all the same: by a call that came late, and that is made up for later. */
  private readonly late = new Set<string>();
  /** Names whose record somebody deleted, and that were used again: a Delete that comes late can meet the new job, as is documented. */
  private readonly reused = new Set<string>();
  /** Jobs that were let go of while they ran, as their template has said. */
  private readonly retained = new Set<string>();
  /** The removal policies of resources, as the last templates had them. */
  private readonly removalPolicies = new Map<string, string>();
  /** The tags that a resource may have: those of its last success, and of what was tried since. */
  private readonly tags = new Map<string, ReadonlySet<string>>();
  /** Resources whose handler was not told all of these, after updates that failed without a rollback: a limit that is documented. */
  private readonly untold = new Set<string>();
  /** Resources whose tags a function has written after a pause, when nobody listened to it any more: another such limit. */
  private readonly writtenLate = new Set<string>();
  private readonly foreign = new Map<string, string>();
  /** What CloudFormation could not delete, and has said so. */
  private readonly abandoned = new Set<string>();
  /** Requests that CloudFormation did not listen to any more when they failed, because a service could not be reached, or their function was killed or lost its role. */
  private readonly givenUp = new Set<string>();

  constructor(private readonly world: World, private readonly sageMaker: SimulatedSageMaker) {
    sageMaker.onCreate = (job, before) => this.onCreate(job, before);
  }

  public onRequest(event: CloudFormationEvent, stack: Stack): void {
    const resource = resourceOf(event);
    if (event.RequestType !== 'Delete') {
      this.removalPolicies.set(resource, (event.ResourceProperties as JobProperties).RemovalPolicy);
    }
    const before = this.tags.get(resource) ?? new Set();
    if (event.RequestType === 'Update') {
      const told = [tagsIn(event.OldResourceProperties), tagsIn(event.ResourceProperties)];
      if ([...before].some((tags) => !told.includes(tags))) this.untold.add(resource);
    }
    this.tags.set(resource, new Set([...before, tagsIn(event.ResourceProperties)]));
    if (/ROLLBACK/.test(stack.status)) this.rollbackRequests.add(requestOf(event));
  }

  /** The tags of a job are written. */
  public onTags(event: CloudFormationEvent): void {
    if (event.RequestType !== 'Delete' && this.ended.has(requestOf(event))) this.writtenLate.add(resourceOf(event));
  }

  public onEnd(event: CloudFormationEvent, isSuccess: boolean): void {
    this.ended.add(requestOf(event));
    if (isSuccess) this.tags.set(resourceOf(event), new Set([tagsIn(event.ResourceProperties)]));
  }

  /** A request has failed, and could not help it. */
  public onGivenUp(request: string): void {
    if (this.ended.has(request)) this.givenUp.add(request);
  }

  /** A request has failed, and CloudFormation shows this. */
  public onFailure(event: CloudFormationEvent, reason: string, causes: readonly string[]): void {
    if (/^CloudFormation did not receive a response/.test(reason)) this.world.violate('every wait ends', `${nameOf(event)}: ${reason}`);
    const isExplained = OWN_REASONS.some((own) => own.test(reason)) || causes.some((cause) => reason.includes(cause));
    const [, name] = /The [\w ]+ (\S+) (does not exist|has not ended yet)/.exec(reason) ?? [];
    const job = this.sageMaker.job(name ?? '');
    const isWrong = job !== undefined && (reason.includes('does not exist') || !this.sageMaker.isActive(job));
    if (!isExplained || isWrong) this.world.violate('no failure without its cause', `${event.ResourceType} (${nameOf(event)}): ${reason}`);
  }

  /** A job has lost the tag of its stack. */
  public onLetGo(job: SimulatedJob, { OldResourceProperties, ResourceProperties }: CloudFormationEvent): void {
    const isRetained = [ResourceProperties, OldResourceProperties].some((properties) => (properties as JobProperties | undefined)?.RemovalPolicy === 'RETAIN');
    if (isRetained) this.retained.add(job.name);
    else if (this.sageMaker.isActive(job)) this.world.violate('no job is left running', `${job.name} is let go of`);
  }

  /** A resource has gone: what it was may have to be free by now. */
  public onGone({ definition, physicalId = '' }: StackResource): void {
    if (definition.type !== 'AWS::IAM::Role') return;
    const user = this.sageMaker.jobs.find((job) => this.sageMaker.isActive(job) && String(job.request.RoleArn).endsWith(physicalId.split('/').slice(-2).join('/'))
      && !this.mayLoseWhatItUses(job.name));
    if (user) this.world.violate('a job outlives nothing that it uses', `the role ${definition.logicalId} is gone, and ${user.name} runs`);
  }

  /** CloudFormation has tried to delete it, and told its user that it could not. */
  public onAbandoned({ physicalId }: StackResource, isExcused: boolean): void {
    if (!isExcused) this.world.violate('no rollback and no delete fails', `${physicalId} is left behind by a clean-up`);
    this.abandoned.add(physicalId!);
  }

  /** Nobody else's jobs may change from now on. */
  public protect(): void {
    for (const job of this.sageMaker.jobs.filter((each) => tagsOf(each, STACK_TAG) === undefined)) {
      this.foreign.set(job.name, this.stateOf(job));
    }
  }

  /** All is quiet. */
  public check(stack: Stack): void {
    const jobsOf = ({ resources }: Stack) =>
      [...resources.values()].filter(({ definition, isBroken }) => JOB_TYPES.has(definition.type) && !isBroken);
    const ids = new Set(stack.all.flatMap(jobsOf).map(({ physicalId }) => physicalId));
    for (const job of this.sageMaker.jobs) {
      const isSomebodys = ids.has(job.name) || this.foreign.has(job.name) || this.isExcused(job.name);
      if (IS_AT_REST.test(stack.status) && this.sageMaker.isActive(job) && !isSomebodys) this.world.violate('no job is left running', job.name);
    }
    for (const [name, state] of this.foreign) {
      const job = this.sageMaker.job(name);
      if (!job || this.stateOf(job) !== state) this.world.violate('no other job is touched', `${name}: ${state} -> ${job && this.stateOf(job)}`);
    }
    if (/^(CREATE|UPDATE)_COMPLETE$/.test(stack.status)) stack.all.forEach((each) => jobsOf(each).forEach((resource) => this.checkJob(resource, each)));
  }

  /** A stack at its template. */
  private checkJob({ definition, givenBy, physicalId, properties }: StackResource, stack: Stack): void {
    const job = this.sageMaker.job(physicalId!);
    if (!job || this.reused.has(job.name)) return; // somebody has deleted its record
    if (this.abandoned.has(job.name)) return; // a Delete that comes once more can take it
    const wanted = properties as unknown as JobProperties;
    const is = 'the stack has the job of its template';
    if (job.tags.get(STACK_TAG) !== stack.id || job.tags.get(RESOURCE_TAG) !== definition.logicalId) this.world.violate(is, `${physicalId} is not its own`);
    if (job.tags.get(DEFINITION_TAG) !== definitionOf(wanted)) this.world.violate(is, `${physicalId} has another definition`);
    const isUsers = (key: string) => !key.startsWith(OWNERSHIP_TAG_PREFIX);
    const isWanted = (key: string) => wanted.Tags?.some(({ Key }) => Key === key);
    // Of a job that an earlier request has started, nobody knows which other tags were the template's.
    const resource = `${stack.id}/${definition.logicalId}`;
    const isAdopted = tagsOf(job, REQUEST_TAG) !== givenBy || this.untold.has(resource);
    const tags = [...job.tags].filter(([key]) => isUsers(key) && (!isAdopted || isWanted(key))).map(([Key, Value]) => ({ Key, Value }));
    const text = (list: readonly { Key: string; Value: string }[] = []) => list.map(({ Key, Value }) => `${Key}=${Value}`).sort().join();
    const isRight = text(tags) === text(wanted.Tags) || this.writtenLate.has(resource);
    if (!isRight) this.world.violate(is, `${physicalId} has the tags ${text(tags)} instead of ${text(wanted.Tags)}`);

    const isAwaited = [...stack.resources.values()]
      .some((other) => other.definition.type === JOB_COMPLETION && other.properties.JobName === physicalId);
    const status = this.sageMaker.statusOf(job);
    if (isAwaited && status !== 'Completed') this.world.violate('a completed wait means a completed job', `${physicalId} is ${status}`);
  }

  /** No job may have been started since then, but these. */
  public checkTagChange(startedBefore: number, startedNow: number): void {
    if (startedNow > startedBefore) this.world.violate('a tag change starts nothing', `${startedNow - startedBefore} jobs were started`);
  }

  private onCreate(job: SimulatedJob, before: readonly SimulatedJob[]): void {
    this.started++;
    if (this.names.has(job.name)) this.reused.add(job.name);
    this.names.add(job.name);
    const request = tagsOf(job, REQUEST_TAG);
    if (request === undefined) return;
    if (this.ended.has(request)) this.late.add(job.name); else this.late.delete(job.name);
    this.world.note(() => `   ${job.name} is started`);
    if (this.rollbackRequests.has(request)) this.world.violate('a rollback starts nothing', `${job.name} by ${request}`);
    const twin = before.find((earlier) => this.isTwin(earlier, job));
    if (twin) this.world.violate('no definition runs twice', `${twin.name} (${this.sageMaker.statusOf(twin)}) and ${job.name}`);
  }

  /** Whether an earlier job does what a new one is to do, and is there to be had. */
  private isTwin(earlier: SimulatedJob, job: SimulatedJob): boolean {
    const isSame = [STACK_TAG, RESOURCE_TAG, DEFINITION_TAG].every((key) => earlier.tags.get(key) === tagsOf(job, key));
    return isSame && prefixOf(earlier) === prefixOf(job) && ['Completed', 'InProgress'].includes(this.sageMaker.statusOf(earlier));
  }

  /**
   * Whether a job may keep its security group: one that nobody has to wait for, and one that has the name of another whose record was
   * deleted.
   */
  public mayKeepGroup(name: string): boolean {
    return this.mayLoseWhatItUses(name) || this.reused.has(name);
  }

  /**
   * Whether nobody has to wait for the end of a job: one that was started by a call that came late, and one that was retained, if the
   * resource is not to retain jobs any more. That a template takes this back is a limit that is documented.
   */
  private mayLoseWhatItUses(name: string): boolean {
    const job = this.sageMaker.job(name);
    if (job && this.retained.has(name)) return this.removalPolicies.get(`${tagsOf(job, STACK_TAG)}/${tagsOf(job, RESOURCE_TAG)}`) !== 'RETAIN';
    return this.isExcused(name) || this.late.has(name);
  }

  /** Let go of, running on, as the template says, or for want of a service that lets itself be called. */
  public isExcused(name: string): boolean {
    const job = this.sageMaker.job(name);
    if (job === undefined) return this.abandoned.has(name);
    const request = tagsOf(job, REQUEST_TAG) ?? '';
    return this.retained.has(name) || this.abandoned.has(name) || this.givenUp.has(request);
  }

  private stateOf(job: SimulatedJob): string {
    return `${this.sageMaker.statusOf(job)} ${JSON.stringify([...job.tags])}`;
  }
}

function resourceOf({ LogicalResourceId, StackId }: CloudFormationEvent): string {
  return `${StackId}/${LogicalResourceId}`;
}

function tagsIn(properties: unknown): string {
  return JSON.stringify((properties as JobProperties | undefined)?.Tags ?? []);
}

/** A generated name but for its hash, or a given one: its settings. */
function prefixOf({ name }: SimulatedJob): string {
  return /-[0-9a-z]{10}$/.test(name) ? name.slice(0, -10) : name;
}
