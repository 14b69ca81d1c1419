/** As much of a browser as going to another service and back takes. */
export interface Journey {
  /** Where it ends: path and query in the web application. */
  place: string;
  /** Cookies that the first server set, as a browser sends them. */
  cookie: string;
}

/**
 * Follows redirects, keeps the cookies of each server, and signs in as `login` where a form asks. Ends where the first
 * server sends it to anything but its sign-in routes. `home` is the first server where the way begins elsewhere.
 */
export async function travel(
  from: string,
  traveller: { login: string; cookie: string; home?: string },
): Promise<Journey> {
  const home = traveller.home ?? new URL(from).origin;
  const jars = new Map<string, Map<string, string>>();
  for (const pair of traveller.cookie.split('; ')) keep(jars, home, pair);
  let request: { url: URL; form?: URLSearchParams } = { url: new URL(from) };
  for (let step = 0; step < 20; step += 1) {
    const { url, form } = request;
    const response = await fetch(url, {
      redirect: 'manual',
      headers: { cookie: cookieFor(jars, url.origin) },
      ...(form && { method: 'POST', body: form }),
    });
    for (const cookie of response.headers.getSetCookie()) keep(jars, url.origin, cookie);
    const location = response.headers.get('location');
    if (location === null) {
      const action = /<form[^>]* action="([^"]+)"/.exec(await response.text())?.[1];
      if (action === undefined) throw new Error(`${url.href} answered ${response.status}`);
      const { login } = traveller;
      const filled = new URLSearchParams({ prompt: 'login', login, password: 'any' });
      request = { url: new URL(action, url), form: filled };
      continue;
    }
    const next = new URL(location, url);
    if (next.origin === home && !next.pathname.startsWith('/v1/auth/')) {
      return { place: `${next.pathname}${next.search}`, cookie: cookieFor(jars, home) };
    }
    request = { url: next };
  }
  throw new Error('the journey did not end');
}

function keep(jars: Map<string, Map<string, string>>, origin: string, cookie: string): void {
  const [pair = ''] = cookie.split(';');
  const at = pair.indexOf('=');
  if (at < 1) return;
  const jar = jars.get(origin) ?? new Map<string, string>();
  jar.set(pair.slice(0, at), pair.slice(at + 1));
  jars.set(origin, jar);
}

function cookieFor(jars: Map<string, Map<string, string>>, origin: string): string {
  return [...(jars.get(origin) ?? [])].map(([name, value]) => `${name}=${value}`).join('; ');
}
