/** The scope of the credentials tells ministack which service is called. */
const HEADERS = { Authorization: 'AWS4-HMAC-SHA256 Credential=local/20261126/us-east-1/scheduler/aws4_request' };

/** Makes the schedules of the local cloud due. */
export class Schedules {
  constructor(private readonly aws: string) {}

  /** The names of the schedules of a stack. */
  async names(stackName: string): Promise<string[]> {
    const { Schedules: schedules } = await this.request('GET', `schedules?NamePrefix=${stackName}-`);
    return schedules.map(({ Name }: { Name: string }) => Name);
  }

  /**
   * Runs a schedule that calls SageMaker, without waiting for its time.
   *
   * @param scheduledTime - the time that the schedule tells its target
   */
  async due(name: string, scheduledTime: Date = new Date()): Promise<void> {
    await this.request('POST', `schedules/${name}/due`, { ScheduledTime: scheduledTime.toISOString() });
  }

  private async request(method: string, path: string, body?: object): Promise<any> {
    const response = await fetch(`${this.aws}/${path}`, { method, headers: HEADERS, body: body && JSON.stringify(body) });
    if (!response.ok) {
      throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    }
    return response.json();
  }
}
