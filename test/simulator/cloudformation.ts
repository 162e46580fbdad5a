import { isAllowed, Policies, Statement } from './iam';
import { NestedStacks } from './nested-stacks';
import { inOrder } from './order';
import { Answer, Requests, Response } from './requests';
import { FUNCTION, NESTED_STACK, PSEUDO_PARAMETERS, resolved, STATE_MACHINE, Template, TemplateResource } from './template';
import type { World } from './world';
import type { CloudFormationEvent } from '../../src/handler/event';
import type { Stack as StackRead } from '../../src/handler/services/stacks';

/** A resource as a stack has it. */
export interface StackResource {
  readonly definition: TemplateResource;
  readonly physicalId?: string;
  /** The request whose response gave it that id. */
  readonly givenBy?: string;
  readonly properties: Record<string, unknown>;
  readonly attributes: Readonly<Record<string, string>>;
  /** Its creation failed, or was cancelled. */
  readonly isBroken: boolean;
}

/** What a function has, and what it may do at the moment. */
export interface ProviderFunction {
  readonly environment: Readonly<Record<string, string>>;
  readonly statements: readonly Statement[];
  /** Whether the state machine may invoke it. */
  mayBeInvoked(): boolean;
}

/** What a stack is nested in: it decides how an operation ends. */
export interface Parent {
  /** @param isSuccess - whether the nested stack itself has got to its template */
  decide(isSuccess: boolean): Promise<boolean>;
}

/** What the engine needs of the rest of the world. */
export interface Surroundings {
  /** Makes an empty stack that is nested in another. */
  nest(): Stack;
  /** The id of a request, and where the answer is expected. */
  nextRequest(): Pick<CloudFormationEvent, 'RequestId' | 'ResponseURL'>;
  /** Sends an event to the function behind a custom resource. */
  deliver(event: CloudFormationEvent): void;
  /** Whether network interfaces keep a security group. */
  isInUse(securityGroup: string): boolean;
  onRequest(event: CloudFormationEvent, stack: Stack): void;
  /** CloudFormation does not listen to the answer of this any more. */
  onEnd(event: CloudFormationEvent, isSuccess: boolean): void;
  onFailure(event: CloudFormationEvent, reason: string): void;
  onGone(resource: StackResource): void;
  onAbandoned(resource: StackResource): void;
}

/** CloudFormation tries so long to delete a security group that is in use. */
const GROUP_SECONDS = 900;

/** How often it tries to delete what an update has replaced or removed. */
const CLEANUP_TRIES = 3;

/** One stack of CloudFormation, with what goes wrong in it. Each operation returns when the stack is quiet again. */
export class Stack {
  public status = 'REVIEW_IN_PROGRESS';
  public readonly resources = new Map<string, StackResource>();
  /** The names of resources that fail in this operation. */
  public failing: ReadonlySet<string> = new Set();
  public parent?: Parent;
  public readonly nested: NestedStacks;
  /** The resources that the current rollback leaves out. */
  public skipped: ReadonlySet<string> = new Set();
  /** Those of the provider's role. */
  public readonly policies: Policies;

  private changedAt: number;
  /** The last template that the whole stack was at, while it is not at its own. */
  private stable: Template = new Map();
  /** What the current update has changed, with the properties that each was to get. */
  private readonly touched = new Map<string, Record<string, unknown>>();
  /** What has been replaced, or could not be created: it is deleted when all has gone well, unless the stack has gone back to it. */
  private superseded: StackResource[] = [];
  /** How many resources of a name have left the stack, and stay. A new one has another id. */
  private readonly retained = new Map<string, number>();
  /** Whether a Delete may have the properties of an update that failed, which name another security group, or none: a limit that is documented. */
  private hasFailedProperties = false;
  private cancelled: Promise<'cancelled'> = new Promise(() => undefined);
  private isCancelled = false;
  private readonly requests: Requests;

  constructor(private readonly world: World, private readonly surroundings: Surroundings, public readonly id: string) {
    this.changedAt = world.time.now;
    this.requests = new Requests(world, surroundings, this);
    this.policies = new Policies(world);
    this.nested = new NestedStacks(this, () => surroundings.nest());
  }

  /** Begins nothing more in this operation, and listens to no resource any more. */
  public cancel: () => void = () => undefined;

  /** This one and those that are nested in it. */
  public get all(): Stack[] {
    return [this, ...this.nested.all.flatMap(({ all }) => all)];
  }

  /** Whether there is anything to go back to. */
  public get hasBeenStable(): boolean {
    return this.stable.size > 0;
  }

  // What the handler can ask.

  public describe(): StackRead {
    return { status: this.status, changedAt: new Date(this.changedAt) };
  }

  public physicalId(logicalId: string): string | undefined {
    return this.resources.get(logicalId)?.physicalId;
  }

  /** The function of the provider, while there is one. */
  public get provider(): ProviderFunction | undefined {
    const there = [...this.resources.values()].filter(({ physicalId }) => physicalId !== undefined);
    const only = (type: string) => there.find(({ definition }) => definition.type === type);
    const found = only(FUNCTION);
    if (!found) return undefined;
    const statementsOf = (role: unknown) => this.policies.statementsOf(String(role).slice(this.id.length + 1));
    const { Environment, Role } = found.properties as { Environment: { Variables: Record<string, string> }; Role: string };
    return {
      environment: Environment.Variables,
      statements: statementsOf(Role),
      mayBeInvoked: () => isAllowed(statementsOf(only(STATE_MACHINE)?.properties.RoleArn), { action: 'lambda:InvokeFunction', on: found.physicalId! }),
    };
  }

  public respond(url: string, body: string): void {
    this.requests.respond(url, body);
  }

  // What users do.

  public async create(template: Template, noRollback = false): Promise<void> {
    this.begin('CREATE_IN_PROGRESS');
    const ok = await this.agreed(await this.apply(template, noRollback), 'CREATE_COMPLETE');
    if (ok) return this.becomeStable(template, 'CREATE_COMPLETE');
    if (noRollback) return this.be('CREATE_FAILED');
    return this.rollBackCreation();
  }

  public async update(template: Template, noRollback = false): Promise<void> {
    this.begin('UPDATE_IN_PROGRESS');
    const ok = await this.agreed(await this.apply(template, noRollback), 'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS');
    if (ok) {
      this.be('UPDATE_COMPLETE_CLEANUP_IN_PROGRESS');
      await Promise.all([this.nested.agree(), this.cleanUp(template)]);
      return this.becomeStable(template, 'UPDATE_COMPLETE');
    }
    if (noRollback) return this.be('UPDATE_FAILED');
    return this.rollBackUpdate();
  }

  /** RollbackStack, after a failed operation that was not rolled back. */
  public async rollBack(): Promise<void> {
    this.begin(this.status);
    return this.stable.size === 0 ? this.rollBackCreation() : this.rollBackUpdate();
  }

  public async continueUpdateRollback(skip: ReadonlySet<string> = new Set()): Promise<void> {
    this.begin('UPDATE_ROLLBACK_IN_PROGRESS');
    this.skipped = skip;
    skip.forEach((id) => this.touched.delete(id));
    return this.rollBackUpdate();
  }

  public async delete(): Promise<void> {
    this.begin('DELETE_IN_PROGRESS');
    const ok = await this.deleteAll([...this.resources.values()]);
    this.be(ok ? 'DELETE_COMPLETE' : 'DELETE_FAILED');
  }

  // How the stack gets there.

  private begin(status: string): void {
    this.changedAt = this.world.time.now;
    this.be(status);
    this.isCancelled = false;
    this.cancelled = new Promise((resolve) => {
      this.cancel = () => {
        this.isCancelled = true;
        resolve('cancelled');
      };
    });
  }

  private be(status: string): void {
    this.status = status;
    this.world.note(() => `== ${status}${this.id.includes('Inner') ? ', nested' : ''}`);
  }

  private becomeStable(template: Template, status: string): void {
    this.stable = template;
    this.superseded = [];
    this.touched.clear();
    this.be(status);
  }

  /** Whether an operation succeeds. A nested stack has got there before its parent decides. */
  private async agreed(isSuccess: boolean, status: string): Promise<boolean> {
    if (!this.parent) return isSuccess;
    if (isSuccess) this.be(status);
    return this.parent.decide(isSuccess);
  }

  private async rollBackCreation(): Promise<void> {
    this.be(this.status === 'CREATE_COMPLETE' ? 'DELETE_IN_PROGRESS' : 'ROLLBACK_IN_PROGRESS');
    await this.world.time.sleep(this.world.dice.below(5));
    const ok = await this.deleteAll([...this.resources.values()]);
    this.be(ok ? 'ROLLBACK_COMPLETE' : 'ROLLBACK_FAILED');
  }

  private async rollBackUpdate(): Promise<void> {
    // It is not known whether the time of the last update moves with this.
    if (this.world.dice.chance(0.3)) this.changedAt = this.world.time.now;
    this.be('UPDATE_ROLLBACK_IN_PROGRESS');
    await this.world.time.sleep(this.world.dice.below(5));
    const ok = await this.ofTemplate(this.stable, true, async (definition) => this.restore(definition));
    if (!ok) return this.be('UPDATE_ROLLBACK_FAILED');
    this.be('UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS');
    await this.cleanUp(this.stable);
    return this.becomeStable(this.stable, 'UPDATE_ROLLBACK_COMPLETE');
  }

  /** Forward, to what a template says. */
  private async apply(template: Template, keepGoing: boolean): Promise<boolean> {
    return this.ofTemplate(template, keepGoing, async (definition) => {
      const properties = this.propertiesOf(definition);
      const present = this.resources.get(definition.logicalId);
      if (!present) return this.createResource(definition, properties);
      if (present.isBroken) {
        this.superseded.push(present);
        return this.createResource(definition, properties);
      }
      const isSettled = same(this.touched.get(definition.logicalId) ?? present.properties, present.properties);
      if (isSettled && same(present.properties, properties)) {
        this.resources.set(definition.logicalId, { ...present, definition });
        return true;
      }
      return this.updateResource(present, definition, properties);
    });
  }

  private async createResource(definition: TemplateResource, properties: Record<string, unknown>): Promise<boolean> {
    const { logicalId } = definition;
    const id = definition.type === NESTED_STACK ? { physicalId: this.nested.add() } : {};
    const broken: StackResource = { definition, ...id, properties, attributes: {}, isBroken: true };
    this.resources.set(logicalId, broken);
    const response = await this.request({ RequestType: 'Create', ResourceProperties: properties }, broken, true);
    const isMadeUp = response === 'cancelled' || response === undefined;
    // CloudFormation knows the ids of its own resources, even of those that it cancels.
    const madeUp = definition.type.startsWith('Custom::') ? `Shop-${logicalId}-1KQ3TMV0X9ZB` : broken.physicalId ?? this.ownId(logicalId);
    const physicalId = isMadeUp ? madeUp : response.PhysicalResourceId;
    const ok = !isMadeUp && response.Status === 'SUCCESS';
    const givenBy = isMadeUp ? undefined : response.request;
    this.resources.set(logicalId, { ...broken, physicalId, givenBy, attributes: ok ? response.Data ?? {} : {}, isBroken: !ok });
    return ok;
  }

  private async updateResource(present: StackResource, definition: TemplateResource, properties: Record<string, unknown>): Promise<boolean> {
    const { logicalId } = definition;
    // What a resource has after a failed update, CloudFormation does not know either: it has sent both.
    const OldResourceProperties = this.world.dice.chance(0.5) ? this.touched.get(logicalId) ?? present.properties : present.properties;
    this.touched.set(logicalId, properties);
    const response = await this.request({ RequestType: 'Update', OldResourceProperties, ResourceProperties: properties }, { ...present, definition }, true);
    if (response === 'cancelled' || response === undefined || response.Status === 'FAILED') return false;
    this.replace(present, definition, properties, response);
    return true;
  }

  /** Back, to what the last stable template says. */
  private async restore(definition: TemplateResource): Promise<boolean> {
    const { logicalId } = definition;
    const present = this.resources.get(logicalId)!;
    const properties = this.propertiesOf(definition);
    const attempted = this.touched.get(logicalId);
    if (!attempted && same(present.properties, properties)) {
      this.resources.set(logicalId, { ...present, definition });
      return true;
    }
    const OldResourceProperties = attempted ?? present.properties;
    this.hasFailedProperties ||= !same(OldResourceProperties, present.properties);
    const response = await this.request({ RequestType: 'Update', OldResourceProperties, ResourceProperties: properties }, present, false);
    if (response === 'cancelled' || response === undefined || response.Status === 'FAILED') return false;
    this.replace({ ...present, properties: OldResourceProperties }, definition, properties, response);
    this.touched.delete(logicalId);
    return true;
  }

  private replace(before: StackResource, definition: TemplateResource, properties: Record<string, unknown>, response: Response): void {
    const { Data = {}, PhysicalResourceId } = response;
    const isReplaced = PhysicalResourceId !== before.physicalId;
    if (isReplaced) this.superseded.push(before);
    const givenBy = isReplaced ? response.request : before.givenBy;
    this.resources.set(definition.logicalId, { definition, physicalId: PhysicalResourceId, givenBy, properties, attributes: Data, isBroken: false });
  }

  /** The operation has succeeded: what fails to go, three times, is left behind. */
  private async cleanUp(template: Template): Promise<void> {
    for (let tries = 0; tries < CLEANUP_TRIES; tries++) {
      const removed = [...this.resources.values()].filter(({ definition }) => !template.has(definition.logicalId));
      if (await this.deleteAll(removed)) return;
    }
    this.superseded.forEach((resource) => this.abandon(resource));
    for (const [logicalId, resource] of this.resources) {
      if (template.has(logicalId)) continue;
      this.abandon(resource);
      this.resources.delete(logicalId);
    }
  }

  /** A resource stays, and is no longer the stack's. */
  private abandon(resource: StackResource): void {
    this.surroundings.onAbandoned(resource);
    if (resource.definition.type === NESTED_STACK) this.nested.at(resource.physicalId!).resources.forEach((inner) => this.abandon(inner));
  }

  /** These, and what they have superseded, in reverse order. */
  private async deleteAll(resources: readonly StackResource[]): Promise<boolean> {
    const all = [...this.superseded.filter(({ definition, physicalId }) => physicalId !== this.physicalId(definition.logicalId)), ...resources];
    const dependents = ({ definition: { logicalId } }: StackResource) => all.filter(({ definition }) => definition.dependsOn.has(logicalId));
    return inOrder(all, dependents, async (resource) => this.deleteResource(resource));
  }

  private async deleteResource(resource: StackResource): Promise<boolean> {
    const { definition: { isRetained, logicalId, type }, physicalId } = resource;
    if (isRetained) {
      this.retained.set(logicalId, (this.retained.get(logicalId) ?? 0) + 1);
      this.forget(resource);
      return true;
    }
    // Of an update that failed, those that were tried.
    const properties = this.resources.get(logicalId) === resource ? this.touched.get(logicalId) ?? resource.properties : resource.properties;
    this.hasFailedProperties ||= !same(properties, resource.properties);
    if (this.resources.get(logicalId) === resource) this.resources.set(logicalId, { ...resource, physicalId: undefined });
    if (type === 'AWS::EC2::SecurityGroup' && !await this.interfacesGo(physicalId!)) return this.keep(resource);
    if (physicalId !== undefined) {
      const response = await this.request({ RequestType: 'Delete', ResourceProperties: properties }, resource, false);
      if (response === 'cancelled' || response?.Status !== 'SUCCESS') return this.keep(resource);
    }
    this.surroundings.onGone(resource);
    this.forget(resource);
    return true;
  }

  /** A resource is no longer one of the stack. */
  private forget(resource: StackResource): void {
    const { definition: { logicalId } } = resource;
    this.superseded = this.superseded.filter((other) => other !== resource);
    const present = this.resources.get(logicalId);
    const isGone = present?.definition === resource.definition && present.physicalId === undefined && !this.superseded.includes(present);
    if (present === resource || isGone) {
      this.resources.delete(logicalId);
    }
  }

  /** The id of a resource of CloudFormation's own types. */
  private ownId(logicalId: string): string {
    const before = this.retained.get(logicalId) ?? 0;
    return `${this.id}/${logicalId}${before > 0 ? `-${before}` : ''}`;
  }

  /** A resource whose deletion failed. */
  private keep(resource: StackResource): false {
    const { logicalId } = resource.definition;
    if (!this.superseded.includes(resource) && this.resources.get(logicalId)?.physicalId === undefined) this.resources.set(logicalId, resource);
    return false;
  }

  private async interfacesGo(group: string): Promise<boolean> {
    for (let waited = 0; waited < GROUP_SECONDS || this.hasFailedProperties; waited += 30) {
      if (!this.surroundings.isInUse(group)) return true;
      await this.world.time.sleep(30);
    }
    this.world.violate('no rollback and no delete fails', `${group} has a dependent object: network interfaces of a job`);
    return false;
  }

  /** One after the other where they depend on each other. A failure cancels the rest, or only what depends on it. */
  private async ofTemplate(template: Template, keepGoing: boolean, act: (definition: TemplateResource) => Promise<boolean>): Promise<boolean> {
    const dependencies = ({ dependsOn }: TemplateResource) => [...dependsOn].map((id) => template.get(id)!);
    return inOrder([...template.values()], dependencies, async (definition) => {
      if (this.isCancelled && !keepGoing) return false;
      const ok = await act(definition);
      if (!ok && !keepGoing) this.cancel();
      return ok;
    });
  }

  private async request(event: Partial<CloudFormationEvent>, resource: StackResource, isCancellable: boolean): Promise<Answer> {
    return this.requests.send(event, resource, isCancellable ? this.cancelled : undefined);
  }

  private propertiesOf({ properties }: TemplateResource): Record<string, unknown> {
    return resolved(properties, {
      ref: (id) => this.resources.get(id)?.physicalId ?? (id === 'AWS::StackId' ? this.id : PSEUDO_PARAMETERS[id] ?? id),
      attribute: (id, name) => this.attribute(id, name),
    }) as Record<string, unknown>;
  }

  private attribute(id: string, name: string): string {
    const resource = this.resources.get(id);
    const own = resource?.physicalId ?? this.ownId(id);
    const unique = own.split('/').slice(-2).join('/');
    switch (resource?.definition.type) {
      case 'AWS::IAM::Role':
        return `arn:aws:iam::111122223333:role${String(resource.properties.Path ?? '/')}${unique}`;
      case STATE_MACHINE:
        return `arn:aws:states:eu-west-1:111122223333:stateMachine:${unique.replace('/', '-')}`;
    }
    if (name.startsWith('Outputs.')) throw new Error('The simulator knows no outputs of nested stacks');
    if (!resource?.definition.type.startsWith('Custom::')) return own;
    const value = resource.attributes[name];
    if (value === undefined) throw new Error(`CustomResource attribute error: ${id} has no attribute ${name}`);
    return value;
  }
}

function same(one: object, other: object): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
