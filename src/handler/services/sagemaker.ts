import { SageMakerClient } from '@aws-sdk/client-sagemaker';

export type SageMaker = Pick<SageMakerClient, 'send'>;

export function sageMakerClient(): SageMaker {
  const client = new SageMakerClient(CLIENT_OPTIONS);
  // The SDK silently drops request members that are newer than the SDK. This sends the request as the template has it, so that an
  // override with a new member reaches the service.
  client.middlewareStack.add(
    (next) => async (args) => {
      const request = args.request as { body: string; headers: Record<string, string> };
      request.body = JSON.stringify(args.input);
      request.headers['content-length'] = String(Buffer.byteLength(request.body));
      return next(args);
    },
    { step: 'build', name: 'sendRequestAsGiven' },
  );
  return client;
}

/** Throttling mostly passes within seconds, so it is cheaper to wait here than for the next look. */
export const CLIENT_OPTIONS = { maxAttempts: 6, requestHandler: { connectionTimeout: 5_000, requestTimeout: 30_000, throwOnRequestTimeout: true } };
