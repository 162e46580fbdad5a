/** Reads and writes objects in the S3 of the local cloud, which accepts unsigned requests. */
export class S3Files {
  constructor(private readonly endpoint: string) {}

  /** The URIs of all objects under a URI. */
  async list(uri: string): Promise<string[]> {
    const { bucket, key } = split(uri);
    const body = await (await this.request('GET', `/${bucket}?list-type=2&prefix=${encodeURIComponent(key)}`)).text();
    return [...body.matchAll(/<Key>([^<]*)<\/Key>/g)].map((match) => `s3://${bucket}/${unescapeXml(match[1])}`);
  }

  async read(uri: string): Promise<string> {
    return (await this.request('GET', path(uri))).text();
  }

  async readBytes(uri: string): Promise<Buffer> {
    return Buffer.from(await (await this.request('GET', path(uri))).arrayBuffer());
  }

  async write(uri: string, content: string | Uint8Array<ArrayBuffer>): Promise<void> {
    await this.request('PUT', path(uri), content);
  }

  async createBucket(name: string): Promise<void> {
    await this.request('PUT', `/${name}`);
  }

  private async request(method: string, pathAndQuery: string, body?: string | Uint8Array<ArrayBuffer>): Promise<Response> {
    const response = await fetch(this.endpoint + pathAndQuery, { method, body });
    if (!response.ok) {
      throw new Error(`${method} ${pathAndQuery}: ${response.status} ${await response.text()}`);
    }
    return response;
  }
}

function split(uri: string): { bucket: string; key: string } {
  const [, bucket, key] = /^s3:\/\/([^/]+)\/?(.*)$/s.exec(uri) ?? [];
  if (!bucket) {
    throw new Error(`Not an S3 URI: ${uri}`);
  }
  return { bucket, key };
}

function path(uri: string): string {
  const { bucket, key } = split(uri);
  return `/${bucket}/${key.split('/').map(encodeURIComponent).join('/')}`;
}

function unescapeXml(text: string): string {
  return text.replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&quot;/g, '"').replace(/&apos;|&#39;/g, "'").replace(/&amp;/g, '&');
}
