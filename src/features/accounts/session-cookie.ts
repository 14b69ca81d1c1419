/** How a token travels in a browser, which keeps it for this host alone and shows it to no script. */
export interface HostCookie {
  /** Token of the request; null when there is none. */
  read(header: string | undefined): string | null;
  /** Value of a `Set-Cookie` header. */
  write(token: string): string;
  /** Value of a `Set-Cookie` header that makes the browser forget it. */
  forget(): string;
}

/** Browsers keep a cookie for 400 days at most (RFC 6265bis); the server ends the session much earlier. */
const browserSeconds = 400 * 24 * 60 * 60;

/**
 * A server that is reached by https has a cookie that no other host can set, and that never travels in clear
 * (`__Host-`, RFC 6265bis, 4.1.3.2); on plain http, which is for loopback, browsers would refuse that name.
 */
export function sessionCookie(publicUrl: string | undefined): HostCookie {
  return hostCookie('docmill', publicUrl, browserSeconds);
}

/** A cookie under the same rules, for anything else that must stay with one browser. */
export function hostCookie(
  plainName: string,
  publicUrl: string | undefined,
  maxAgeSeconds: number,
): HostCookie {
  const isSecure = publicUrl?.startsWith('https:') ?? false;
  const name = isSecure ? `__Host-${plainName}` : plainName;
  const attributes = `Path=/; HttpOnly; SameSite=Lax${isSecure ? '; Secure' : ''}`;
  return {
    read: (header) => readCookie(header, name),
    write: (token) => `${name}=${token}; Max-Age=${maxAgeSeconds}; ${attributes}`,
    forget: () => `${name}=; Max-Age=0; ${attributes}`,
  };
}

/** The first cookie of the name; ours need no decoding. */
function readCookie(header: string | undefined, name: string): string | null {
  for (const pair of (header ?? '').split(';')) {
    const at = pair.indexOf('=');
    if (at > 0 && pair.slice(0, at).trim() === name) return pair.slice(at + 1).trim() || null;
  }
  return null;
}
