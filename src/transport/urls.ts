const HOST_AND_PORT = /^https:\/\/([A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?)(?::([0-9]{1,5}))?([/?][!-~]*)?$/i;

export type UrlFault = 'not-https' | 'has-user' | 'has-query' | 'has-fragment' | 'not-a-url';

/**
 * Reads an address that a user or a deployment gave, or says what is wrong with it. https alone, a plain host name
 * that is spelled the way it will be contacted, no user, no fragment; a query only where the caller allows it
 * (RFC 6749 section 3.2 does for a token endpoint, RFC 8414 section 2 does not for an issuer).
 */
export function readHttpsUrl(text: string, { allowQuery = false } = {}): URL | UrlFault {
  if (/^http:/i.test(text)) {
    return 'not-https';
  }
  if (/^https:\/\/[^/?#]*@/i.test(text)) {
    return 'has-user';
  }
  if (text.includes('#')) {
    return 'has-fragment';
  }
  const host = HOST_AND_PORT.exec(text)?.[1];
  const url = host !== undefined && URL.canParse(text) ? new URL(text) : undefined;
  // An address in octal or a letter that Unicode maps to another host would differ here.
  if (host === undefined || url === undefined || url.hostname !== host.toLowerCase() || /^[0-9.]+$/.test(host)) {
    return 'not-a-url';
  }
  return url.search !== '' && !allowQuery ? 'has-query' : url;
}

/** Host and path of an address, without a query, for logs. */
export function placeOf(url: URL): string {
  return url.host + url.pathname;
}
