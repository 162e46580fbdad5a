import { SageMakerClient } from '@aws-sdk/client-sagemaker';
import { partition } from '@aws-sdk/core/client';
import { HttpRequest } from '@smithy/core/protocols';
import { SignatureV4 } from '@smithy/signature-v4';
import { CLIENT_OPTIONS } from './sagemaker';

export interface NetworkInterfaces {
  /**
   * The number of network interfaces of a security group, which cannot be deleted while it has any.
   *
   * @param whileOf - counts only those that were attached while a job existed, or are not attached
   */
  count(securityGroupId: string, whileOf?: Lifetime): Promise<number>;
}

export interface Lifetime {
  readonly createdAt: Date;
  readonly endedAt: Date;
}

/** Makes its one call of EC2 without the SDK's client, which is larger than the whole handler. */
export function ec2NetworkInterfaces(): NetworkInterfaces {
  const { config } = new SageMakerClient(CLIENT_OPTIONS);
  return {
    async count(securityGroupId, whileOf) {
      const region = await config.region();
      const endpoint = new URL(process.env.AWS_ENDPOINT_URL_EC2 ?? process.env.AWS_ENDPOINT_URL ?? `https://ec2.${region}.${partition(region).dnsSuffix}/`);
      const request = new HttpRequest({
        method: 'POST',
        protocol: endpoint.protocol,
        hostname: endpoint.hostname,
        port: endpoint.port ? Number(endpoint.port) : undefined,
        path: '/',
        headers: { 'host': endpoint.host, 'content-type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams({
          'Action': 'DescribeNetworkInterfaces',
          'Version': '2016-11-15',
          'Filter.1.Name': 'group-id',
          'Filter.1.Value.1': securityGroupId,
        }).toString(),
      });
      const signer = new SignatureV4({ service: 'ec2', region, credentials: config.credentials, sha256: config.sha256 });
      const { response } = await config.requestHandler.handle(await signer.sign(request) as HttpRequest);
      const text = Buffer.concat(await (response.body as AsyncIterable<Buffer> & { toArray(): Promise<Buffer[]> }).toArray()).toString();
      if (response.statusCode !== 200) throw ec2Error(text, response.statusCode);
      const ofOthers = whileOf === undefined ? [] : [...text.matchAll(/<attachTime>(.*?)<\/attachTime>/g)].map(([, time]) => Date.parse(time))
        .filter((time) => time < whileOf.createdAt.getTime() || time > whileOf.endedAt.getTime());
      return text.split('<networkInterfaceId>').length - 1 - ofOthers.length;
    },
  };
}

function ec2Error(text: string, httpStatusCode: number): Error {
  const [name = 'UnknownError', message = text] = ['Code', 'Message'].map((tag) => new RegExp(`<${tag}>(.*?)</${tag}>`, 's').exec(text)?.[1]);
  return Object.assign(new Error(message), { name, $metadata: { httpStatusCode } });
}
