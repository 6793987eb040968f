/** A request to the administration of a server on loopback. @throws where it does not succeed. */
export async function requestJson(
  method: 'GET' | 'POST' | 'PUT' | 'DELETE',
  url: string,
  options: { readonly body?: unknown; readonly token?: string } = {},
): Promise<{ readonly document: unknown; readonly location: string }> {
  const { body, token } = options;
  const headers: Record<string, string> = { accept: 'application/json' };
  if (token !== undefined) {
    headers['authorization'] = `Bearer ${token}`;
  }
  if (body !== undefined) {
    headers['content-type'] = 'application/json';
  }
  const response = await fetch(url, { method, headers, ...(body !== undefined && { body: JSON.stringify(body) }) });
  const text = await response.text();
  if (!response.ok) {
    throw new Error(`${method} ${url} answered ${response.status}: ${text.slice(0, 300)}`);
  }
  return { document: text === '' ? undefined : JSON.parse(text), location: response.headers.get('location') ?? '' };
}

/** Whether a server answers with success by now. */
export async function isUp(url: string): Promise<boolean> {
  try {
    return (await fetch(url, { signal: AbortSignal.timeout(5_000) })).ok;
  } catch {
    return false;
  }
}
