const TIMEOUT_MS = 10_000;

/** Writes to a presigned URL, and returns the HTTP status. A header that was not signed for, such as a type, could make it invalid. */
export async function put(url: string, body: string): Promise<number> {
  const response = await fetch(url, { method: 'PUT', body: Buffer.from(body), signal: AbortSignal.timeout(TIMEOUT_MS) });
  await response.arrayBuffer(); // the connection is free again
  return response.status;
}
