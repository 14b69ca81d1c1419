import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { neededScope } from '#features/identity/index.ts';
import { linkRoutes } from '#http/link-routes.ts';
import { databaseHash } from '#test/support/database-hash.ts';
import { insertUser } from '#test/support/factories.ts';
import type { Asked, Expected, Principal } from './expected-answer.ts';
import { expectedAnswer, principals } from './expected-answer.ts';
import { type ObjectIds, type ObjectKind, makeObjects, objectKinds } from './matrix-objects.ts';
import { type Answer, type Site, openSite, send } from './matrix-site.ts';
import { closedTags, routeRules } from './route-rules.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

let site: Site;

beforeAll(async () => {
  site = await openSite();
});

afterAll(() => site.close());

/** The web application and the pages of the description are files for everybody. */
const isFile = (route: string): boolean => /^(?:GET|HEAD) \/(?!v1\/|health\/|openapi)/.test(route);

test('every route of the server has a rule, and every rule a route', () => {
  const served = [...site.routes.keys()].filter((route) => {
    const isTwin = route.startsWith('HEAD ') && site.routes.has(route.replace('HEAD', 'GET'));
    return !isFile(route) && !(isTwin && routeRules[route] === undefined);
  });
  expect(served.toSorted()).toEqual(Object.keys(routeRules).toSorted());
});

test('every route is open to keys by its area, or closed to them on purpose', () => {
  const undecided = Object.entries(routeRules).filter(([route, { access }]) => {
    const tag = site.routes.get(route);
    if (
      access === 'anyone' ||
      access === 'signature' ||
      route.startsWith('OPTIONS ') ||
      route === 'GET /v1/live'
    )
      return false;
    return closedTags.has(tag ?? '') === (neededScope(tag, 'GET') !== null);
  });
  expect(undecided.map(([route]) => route)).toEqual([]);
});

test('what links open are routes', () => {
  expect([...linkRoutes].filter((route) => routeRules[route] === undefined)).toEqual([]);
});

function isAs(expected: Expected, { status }: Answer): boolean {
  if (expected === 'ok') return ![401, 403, 404].includes(status) && status < 500;
  if (expected === '403 or 404') return status === 403 || status === 404;
  return status === expected;
}

function askedOf(route: string): Asked {
  const rule = routeRules[route];
  if (rule === undefined) throw new Error(`no rule for ${route}`);
  return { route, rule, tag: site.routes.get(route) };
}

interface Case {
  who: Principal;
  object: ObjectKind;
  expected: Expected;
}

/** Who asks for what; a route without an object is asked once by each. */
function casesOf(asked: Asked): Case[] {
  const hasObject = !['anyone', 'person', 'admin', 'link', 'signature'].includes(asked.rule.access);
  const kinds = hasObject ? objectKinds : (['shared'] as const);
  return principals.flatMap((who) =>
    kinds.map((object) => ({ who, object, expected: expectedAnswer(who, asked, object) })),
  );
}

const tellCase = ({ who, object, expected }: Case, { status, body }: Answer): string =>
  `${who} × ${object}: ${expected} expected, ${status} answered ${body.slice(0, 200)}`;

const guarded = Object.keys(routeRules).filter((route) => routeRules[route]?.access !== 'anyone');

/** Of the whole database before the route that is looked at: refusals leave it as it is. */
let untouched: string;

describe('refuses who may not, tells them nothing, and changes nothing:', () => {
  beforeAll(async () => {
    untouched = await databaseHash(site.parts.ownerUrl);
  });

  test.each(guarded)('%s', async (route) => {
    const asked = askedOf(route);
    const refused = casesOf(asked).filter(({ expected }) => expected !== 'ok');
    const ask = (who: Principal, object: ObjectKind) =>
      send(site, route, asked.rule, site.objects[object], site.credentials[who]);
    const wrong = await inTurns(refused, async (one) => {
      const answer = await ask(one.who, one.object);
      if (!isAs(one.expected, answer)) return tellCase(one, answer);
      if (one.expected !== 404 || one.object === 'random') return null;
      // What is somebody else's looks like what is not there.
      const missing = await ask(one.who, 'random');
      if (JSON.stringify(answer) === JSON.stringify(missing)) return null;
      return `${tellCase(one, answer)} differs from ${JSON.stringify(missing)}`;
    });
    expect(wrong).toEqual([]);
    expect(refused.length).toBeGreaterThan(6);
    const before = untouched;
    untouched = await databaseHash(site.parts.ownerUrl);
    expect(untouched).toBe(before);
  });
});

describe('lets in who may:', () => {
  const harmless = guarded.filter(
    (route) => routeRules[route]?.endsAsker !== true && routeRules[route]?.access !== 'signature',
  );
  test.each(harmless)('%s', async (route) => {
    const asked = askedOf(route);
    // What an owner can do with what is in the trash is a question of its state.
    const allowed = casesOf(asked).filter(
      ({ object, expected }) => expected === 'ok' && object !== 'trashed',
    );
    const wrong = await inTurns(allowed, async (one) => {
      const ids = await idsFor(asked, one);
      const answer = await send(site, route, asked.rule, ids, site.credentials[one.who]);
      const isMissing = answer.status === 404 && asked.rule.mayMiss === true;
      return isAs(one.expected, answer) || isMissing ? null : tellCase(one, answer);
    });
    expect(wrong).toEqual([]);
  });
});

const toServices = Object.keys(routeRules).filter((route) => route.includes('/:provider/'));

test.each(toServices)(
  'the way to another service and back is open to everybody: %s',
  async (route) => {
    const asked = askedOf(route);
    const wrong = await inTurns(casesOf(asked), async (one) => {
      const answer = await send(
        site,
        route,
        asked.rule,
        site.objects.shared,
        site.credentials[one.who],
      );
      return isAs(one.expected, answer) ? null : tellCase(one, answer);
    });
    expect(wrong).toEqual([]);
  },
);

/** A few at once, since most of the time is spent waiting; resolves to what was wrong. */
async function inTurns(
  cases: readonly Case[],
  look: (one: Case) => Promise<string | null>,
): Promise<string[]> {
  const waiting = [...cases];
  const wrong: string[] = [];
  const work = async (): Promise<void> => {
    for (let one = waiting.shift(); one !== undefined; one = waiting.shift()) {
      const told = await look(one);
      if (told !== null) wrong.push(told);
    }
  };
  await Promise.all(Array.from({ length: 6 }, work));
  return wrong;
}

/** A write changes what it is about: each has objects of its own. */
async function idsFor({ route, rule }: Asked, { object }: Case): Promise<ObjectIds> {
  const isRead = route.startsWith('GET ') || object === 'random';
  if (isRead) return site.objects[object];
  const kind = rule.of ?? object;
  const { ids } = await makeObjects(site.parts, site.owner, kind, site.receivers);
  if (rule.access !== 'admin') return ids;
  return { ...ids, userId: (await insertUser(site.parts.database)).userId };
}
