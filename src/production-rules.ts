/** What the rules look at: every setting by its name, undefined for what is not set. */
type Settings = Readonly<Record<string, unknown>>;

/** A secret by itself, such as that of an OAuth client, and a password inside an address. */
const leastSecret = 16;
const leastPassword = 12;

/** What people put in so that it works for now, or copy from a manual. */
const madeUp =
  /example|change[-_ ]?(?:me|this|it)|replace[-_ ]?(?:me|this|it)|^your[-_ ]|^<.*>$|^(?:my[-_ ]?)?(?:super[-_ ]?)?(?:secret|password|passwd|token|key|docmill|docmill_owner|docmill_program|test|admin|default|postgres|minioadmin|geheim)[-_ ]?\d*!?$/i;

/** Each needs the other. */
const pairs: readonly (readonly [string, string])[] = [
  ['DOCMILL_GOOGLE_CLIENT_ID', 'DOCMILL_GOOGLE_CLIENT_SECRET'],
  ['DOCMILL_GITHUB_CLIENT_ID', 'DOCMILL_GITHUB_CLIENT_SECRET'],
  ['DOCMILL_OIDC_CLIENT_ID', 'DOCMILL_OIDC_CLIENT_SECRET'],
];

/**
 * What keeps a server from starting in production: secrets that are missing, taken from an example or short, and what would
 * send them in clear. The messages name settings and never values.
 */
export function productionProblems(settings: Settings, secretNames: readonly string[]): string[] {
  return [
    ...exposure(settings),
    ...missing(settings, 'S3_ACCESS_KEY_ID', 'S3_SECRET_ACCESS_KEY'),
    ...pairProblems(settings),
    ...secretNames.flatMap((name) => weakness(name, settings[name])),
  ];
}

/** A service is asked for by one half of its settings, and the other half is not there. */
export function pairProblems(settings: Settings): string[] {
  const problems = pairs.flatMap(([one, other]) => missing(settings, one, other));
  return [...problems, ...missing(settings, 'DOCMILL_OIDC_CLIENT_ID', 'DOCMILL_OIDC_ISSUER')];
}

function exposure(settings: Settings): string[] {
  const url = settings['DOCMILL_PUBLIC_URL'];
  const problems: string[] = [];
  if (typeof url !== 'string' || !url.startsWith('https://')) {
    problems.push('DOCMILL_PUBLIC_URL: in production it is set and begins with https://.');
  }
  if (settings['DOCMILL_SIGN_IN'] === 'off') {
    problems.push('DOCMILL_SIGN_IN: in production everybody signs in; off is for one machine.');
  }
  return problems;
}

function missing(settings: Settings, one: string, other: string): string[] {
  const has = (name: string): boolean => settings[name] !== undefined;
  if (has(one) === has(other)) return [];
  const [there, absent] = has(one) ? [one, other] : [other, one];
  return [`${absent}: is missing, while ${there} is set.`];
}

function weakness(name: string, value: unknown): string[] {
  if (typeof value !== 'string') return [];
  const url = URL.parse(value);
  if (url === null || url.host === '') return weaknessOf(name, value, leastSecret);
  const password = decoded(url.password);
  if (password !== '') return weaknessOf(name, password, leastPassword);
  // Mail servers inside a network ask for none; one on this machine may know who asks by other means.
  const needsNone =
    name === 'DOCMILL_SMTP_URL' || /^(?:localhost|127\.|\[::1\])/.test(url.hostname);
  return needsNone ? [] : [`${name}: has no password.`];
}

function weaknessOf(name: string, secret: string, least: number): string[] {
  if (madeUp.test(secret)) return [`${name}: is an example, not a secret.`];
  if (secret.length < least) return [`${name}: is shorter than ${least} characters.`];
  if (new Set(secret).size < 6) return [`${name}: repeats the same few characters.`];
  return [];
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
