import type { Invariant } from './world';

/** A change of one place. */
export interface Change {
  /** Below src/handler. */
  readonly file: string;
  readonly replace: string;
  readonly by: string;
}

/** A bug that somebody might make, as a change in the library, and what has to notice it. */
export interface PlantedBug extends Change {
  readonly invariant: Invariant;
  readonly bug: string;
  /** How many lives do not notice it, where that is many: they are not played each time. */
  readonly after?: number;
  /** What would otherwise prevent it from doing harm. */
  readonly safeguard?: Change;
}

export const PLANTED_BUGS: readonly PlantedBug[] = [
  {
    invariant: 'no definition runs twice',
    bug: 'a job of the same definition is not adopted',
    after: 1603,
    file: 'life/provide-job.ts',
    replace: 'if (isAdoptable(look, job)) {',
    by: 'if (false) {',
  },
  {
    invariant: 'no definition runs twice',
    bug: 'the name of a job does not come from its definition alone',
    after: 1603,
    file: 'life/names.ts',
    replace: 'event.LogicalResourceId, definitionOf(properties), attempt]',
    by: 'event.LogicalResourceId, definitionOf(properties), attempt, event.RequestId]',
  },
  {
    invariant: 'a rollback starts nothing',
    bug: 'an Update is taken for a new definition, whatever the stack does',
    file: 'life/provide-job.ts',
    replace: "(direction === 'forward' ? ensure(look) : rollBack(look))",
    by: 'ensure(look)',
  },
  {
    invariant: 'no job is left running',
    bug: 'a running job is let go of without being stopped',
    after: 19054,
    file: 'life/jobs.ts',
    replace: "await this.stop(job);\n        return false;\n      case 'Stopping'",
    by: "await this.disown(job);\n        return true;\n      case 'Stopping'",
  },
  {
    invariant: 'no job is left running',
    bug: 'nobody looks whether the stack still wants a job that has been started',
    after: 19054,
    file: 'life/provide-job.ts',
    replace: "if (direction === 'forward') return done(`started",
    by: 'return done(`started',
  },
  {
    invariant: 'a job outlives nothing that it uses',
    bug: 'a job that is not there at the first look is taken for gone',
    file: 'life/operation.ts',
    replace: 'age >= SECOND_LOOK_SECONDS;',
    by: 'true;',
  },
  {
    invariant: 'no job is left running',
    bug: 'a job whose record is to be deleted is retained',
    file: 'life/jobs.ts',
    replace: "if (policy === 'RETAIN') {",
    by: "if (policy !== 'STOP') {",
  },
  {
    invariant: 'a job outlives nothing that it uses',
    bug: 'what a retained job uses goes with the stack',
    file: '../job/job-base.ts',
    replace: 'own.filter((construct) => construct !== undefined).forEach(retain);',
    by: '',
  },
  {
    invariant: 'a tag change starts nothing',
    bug: 'tags are part of the definition',
    file: 'life/names.ts',
    replace: 'canonicalJson({ Request: properties.Request,',
    by: 'canonicalJson({ Tags: properties.Tags, Request: properties.Request,',
  },
  {
    invariant: 'the stack has the job of its template',
    bug: 'the tags of a job that is kept stay as they are',
    file: 'life/keep-job.ts',
    replace: "if (direction !== 'over') await jobs.changeTags(job, changes);",
    by: '',
  },
  {
    invariant: 'the stack has the job of its template',
    bug: 'the clean-up of a failed Create takes the job of the next one',
    after: 8166,
    file: 'life/delete-job.ts',
    replace: 'jobs.filter((job) => job.name !== present)',
    by: 'jobs',
  },
  {
    invariant: 'no rollback and no delete fails',
    bug: 'a job that has ended just before it is stopped is an error',
    file: 'life/jobs.ts',
    replace: 'if (!isValidation(error) && !isNotFound(error)) throw error;',
    by: 'throw error;',
  },
  {
    invariant: 'no rollback and no delete fails',
    bug: 'nobody waits for the network interfaces of a job',
    file: 'life/letting-go.ts',
    replace: 'if (hasEnded(job) && await hasInterfaces(look, job.name, properties, job)) return false;',
    by: '',
  },
  {
    invariant: 'no other job is touched',
    bug: 'a job is ours when it has the name, for the handler and for IAM',
    file: 'life/ownership.ts',
    replace: 'return isOurs(tags, event) && tags[DEFINITION_TAG] === definition;',
    by: 'return true;',
    safeguard: {
      file: '../provider/permissions.ts',
      replace: 'conditions: { StringEquals: { [`aws:ResourceTag/${STACK_TAG}`]: this.stack.stackId } },',
      by: '',
    },
  },
  {
    invariant: 'a completed wait means a completed job',
    bug: 'a job that has failed has ended, so the wait is over',
    file: 'life/completion.ts',
    replace: "    case 'Failed':\n    case 'Stopped':\n",
    by: "    case 'Failed':\n      return completed(kind, event, 'ended', job);\n    case 'Stopped':\n",
  },
  {
    invariant: 'no failure without its cause',
    bug: 'the message of an error gets lost',
    file: 'handler.ts',
    replace: 'Reason: fitReason(failureText(error, event, nounOf(event), patience, services))',
    by: "Reason: 'The job could not be started.'",
  },
  {
    invariant: 'a response fits',
    bug: 'a reason is as long as what it quotes',
    file: 'life/reason.ts',
    replace: 'const REASON_BYTES = 3_000;',
    by: 'const REASON_BYTES = 30_000;',
  },
  {
    invariant: 'a job outlives nothing that it uses',
    bug: 'a job that is stopping is taken for stopped',
    file: 'life/jobs.ts',
    replace: "case 'Stopping':\n        return false;",
    by: "case 'Stopping':\n        return true;",
  },
  {
    invariant: 'every wait ends',
    bug: 'a wait is longer than CloudFormation\'s',
    file: '../provider/contract.ts',
    replace: 'export const MAX_WAIT_SECONDS = 3540;',
    by: 'export const MAX_WAIT_SECONDS = 7200;',
  },
  {
    invariant: 'every wait ends',
    bug: 'an answer that could not be written counts as written',
    file: 'answering.ts',
    replace: "  return 'unwritten';",
    by: "  return 'written';",
  },
  {
    invariant: 'every wait ends',
    bug: 'the permission of the state machine to invoke the function goes while jobs are being deleted',
    file: '../provider/provider.ts',
    replace: 'resource.node.addDependency(this.lastResource);',
    by: '',
  },
  {
    invariant: 'every wait ends',
    bug: 'the state machine gives up without a word',
    after: 513,
    file: '../provider/state-machine.ts',
    replace: "{ ErrorEquals: ['States.ALL'], ResultPath: path('Failure'), Next: 'GiveUp' },",
    by: "{ ErrorEquals: ['States.ALL'], ResultPath: path('Failure'), Next: 'GaveUp' },",
  },
  {
    invariant: 'every wait ends',
    bug: 'the last resort looks again, which is what has killed the function',
    after: 730,
    file: 'function.ts',
    replace: 'if (failure === undefined) return this.look(event);',
    by: 'if (failure !== null) return this.look(event);',
  },
  {
    invariant: 'every wait ends',
    bug: 'nobody watches what Lambda delivers once more',
    after: 730,
    file: 'function.ts',
    replace: 'secondsSinceStart(event, this.surroundings) >= LATE_SECONDS;',
    by: 'false;',
  },
  {
    invariant: 'every wait ends',
    bug: 'an event whose state machine cannot be started is forgotten',
    file: 'function.ts',
    replace: 'await this.answer(event, failed(event, this.withLog(withAdvice(text, remedy))));',
    by: '',
  },
  {
    invariant: 'no failure without its cause',
    bug: 'a request is known by its id alone, which is used again',
    after: 7344,
    file: 'life/ownership.ts',
    replace: "return `${RequestId}/${createHash('sha256').update(ResponseURL).digest('hex').slice(0, 10)}`;",
    by: 'return RequestId + createHash(\'sha256\').update(ResponseURL).digest(\'hex\').slice(0, 0);',
  },
  {
    invariant: 'no rollback and no delete fails',
    bug: 'the policy allows ending jobs of those kinds that the template has',
    file: '../provider/permissions.ts',
    replace: "const anyJob = [...new Set(KINDS.map((kind) => this.jobArn(kind, '*')))];",
    by: `const anyJob = [];
    const allow = this.allow;
    this.allow = (kind, name) => {
      anyJob.push(this.jobArn(kind, '*'));
      allow.call(this, kind, name);
    };`,
  },
  {
    invariant: 'no rollback and no delete fails',
    bug: 'a denied look at a name that the template no longer has is an error',
    file: 'life/former-job.ts',
    replace: 'if (isGiven && isImplicitDenial(error) && secondsSinceStart(look.event, look.services) >= POLICY_SECONDS) return undefined;',
    by: '',
  },
];
