const TIMEOUT_MS = 10_000;

/** Writes to a presigned URL and returns the HTTP status. Sends no headers that are not signed, such as a content type. */
export async function put(url: string, body: string): Promise<number> {
  const response = await fetch(url, { method: 'PUT', body: Buffer.from(body), signal: AbortSignal.timeout(TIMEOUT_MS) });
  await response.arrayBuffer(); // the connection is free again
  return response.status;
}
