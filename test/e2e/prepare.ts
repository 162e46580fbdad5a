import { pythonEnvironment } from '../../local-cloud/python-environment';

/** Makes what the test files share, before they run beside each other. */
export default async function prepare(): Promise<void> {
  await pythonEnvironment(console.log);
}
