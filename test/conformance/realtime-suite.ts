import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { JobId, UserId } from '#kernel/ids.ts';
import { newId } from '#kernel/ids.ts';
import type { Realtime } from '#realtime/open-realtime.ts';
import type { JobProgress } from '#realtime/progress-store.ts';
import type { RateLimit } from '#realtime/rate-limiter.ts';
import { eventually } from '#test/support/eventually.ts';
import { describeCache } from './cache-suite.ts';

export interface OpenRealtime {
  realtime: Realtime;
  close(): Promise<void>;
}

type Current = () => Realtime;

/** What the fast layer must do on every engine. The store may hold other things already; ids are random. */
export function describeRealtime(name: string, open: () => Promise<OpenRealtime>): void {
  describe(`the fast layer on ${name}`, () => {
    let opened: OpenRealtime;
    beforeAll(async () => {
      opened = await open();
      await opened.realtime.start();
    });
    afterAll(async () => {
      await opened.realtime.stop();
      await opened.close();
    });
    const current: Current = () => opened.realtime;
    describeCache(() => current().cache);
    describeSessions(current);
    describeRateLimits(current);
    describeProgress(current);
    describeSubscriptions(current);
    describePubSub(current);
  });
}

function describeSessions(current: Current): void {
  const session = {
    email: 'a@example.org',
    role: 'teacher',
    lastAccess: new Date(1_700_000_000_000),
  };

  test('a session comes back as it was set, beside the others of its user', async () => {
    const { sessions } = current();
    const userId = newId<UserId>();
    await sessions.set(userId, 'one', session);
    await sessions.set(userId, 'two', { ...session, role: 'admin' });
    expect(await sessions.get(userId, 'one')).toEqual(session);
    expect(await sessions.get(userId, 'two')).toEqual({ ...session, role: 'admin' });
    expect(await sessions.get(userId, 'three')).toBeNull();
    expect(await sessions.get(newId<UserId>(), 'one')).toBeNull();
  });

  test('a session that is removed is gone, the others stay until their user is dropped', async () => {
    const { sessions } = current();
    const [userId, other] = [newId<UserId>(), newId<UserId>()];
    for (const id of ['one', 'two']) await sessions.set(userId, id, session);
    await sessions.set(other, 'one', session);
    await sessions.remove(userId, 'one');
    expect(await sessions.get(userId, 'one')).toBeNull();
    expect(await sessions.get(userId, 'two')).toEqual(session);
    await sessions.drop(userId);
    expect(await sessions.get(userId, 'two')).toBeNull();
    expect(await sessions.get(other, 'one')).toEqual(session);
  });
}

function limitOf(...windows: RateLimit['windows']): RateLimit {
  return { route: `POST /v1/${randomUUID()}`, windows, onFailure: 'closed' };
}

function describeRateLimits(current: Current): void {
  test('of many tries at once exactly as many pass as there are points', async () => {
    const limit = limitOf({ points: 5, seconds: 60 });
    const tries = Array.from({ length: 40 }, () => current().rateLimits.take('ann', limit));
    const verdicts = await Promise.all(tries);
    expect(verdicts.filter((verdict) => verdict.allowed)).toHaveLength(5);
    const refused = verdicts.find((verdict) => !verdict.allowed);
    expect(refused).toMatchObject({ limit: 5, remaining: 0, guessed: false });
    expect(refused?.retryAfterSeconds).toBeGreaterThan(50);
    expect(refused?.retryAfterSeconds).toBeLessThanOrEqual(60);
  });

  test('principals and routes do not touch each other', async () => {
    const limit = limitOf({ points: 1, seconds: 60 });
    const { rateLimits } = current();
    expect((await rateLimits.take('ann', limit)).allowed).toBe(true);
    expect((await rateLimits.take('bob', limit)).allowed).toBe(true);
    expect((await rateLimits.take('ann', limitOf(...limit.windows))).allowed).toBe(true);
    expect((await rateLimits.take('ann', limit)).allowed).toBe(false);
  });

  test('trying again does not make a window longer, and the next window begins anew', async () => {
    const limit = limitOf({ points: 2, seconds: 2 });
    const { rateLimits } = current();
    const startedMs = Date.now();
    for (let count = 0; count < 2; count += 1) await rateLimits.take('ann', limit);
    await eventually('the next window', async () => (await rateLimits.take('ann', limit)).allowed);
    // It was tried all the time: a window that is renewed would never have ended.
    const tookMs = Date.now() - startedMs;
    expect(tookMs).toBeGreaterThan(1_900);
    expect(tookMs).toBeLessThan(4_000);
    expect(await rateLimits.take('ann', limit)).toMatchObject({ allowed: true, remaining: 0 });
  });

  test('of several windows all must have room, and a refused try takes from none', async () => {
    const limit = limitOf({ points: 3, seconds: 2 }, { points: 4, seconds: 600 });
    const { rateLimits } = current();
    const verdicts = [];
    for (let count = 0; count < 6; count += 1) verdicts.push(await rateLimits.take('ann', limit));
    expect(verdicts.map((verdict) => verdict.allowed)).toEqual([
      true,
      true,
      true,
      false,
      false,
      false,
    ]);
    expect(verdicts[0]).toMatchObject({ limit: 3, remaining: 2 });
    const next = await eventually('room in the short window', async () => {
      const verdict = await rateLimits.take('ann', limit);
      return verdict.allowed && verdict;
    });
    expect(next).toMatchObject({ limit: 4, remaining: 0 });
    expect((await rateLimits.take('ann', limit)).retryAfterSeconds).toBeGreaterThan(500);
  });

  test('a request may cost several points, and more than there are is refused for nothing', async () => {
    const limit = limitOf({ points: 5, seconds: 60 });
    const { rateLimits } = current();
    expect((await rateLimits.take('ann', limit, 6)).allowed).toBe(false);
    expect(await rateLimits.take('ann', limit, 4)).toMatchObject({ allowed: true, remaining: 1 });
    expect((await rateLimits.take('ann', limit, 2)).allowed).toBe(false);
    expect((await rateLimits.take('ann', limit, 1)).allowed).toBe(true);
  });

  test('points that are given back can be taken again, never more than were taken', async () => {
    const limit = limitOf({ points: 2, seconds: 60 }, { points: 3, seconds: 600 });
    const { rateLimits } = current();
    await rateLimits.giveBack('ann', limit);
    await rateLimits.take('ann', limit);
    await rateLimits.giveBack('ann', limit);
    await rateLimits.giveBack('ann', limit, 5);
    expect(await rateLimits.take('ann', limit)).toMatchObject({
      allowed: true,
      remaining: 1,
      seconds: 60,
    });
    expect((await rateLimits.take('ann', limit)).allowed).toBe(true);
    expect((await rateLimits.take('ann', limit)).allowed).toBe(false);
  });
}

function describeProgress(current: Current): void {
  const progress: JobProgress = {
    ownerId: randomUUID(),
    status: 'running',
    stage: 'ocr',
    percent: 12.5,
    confidence: '',
    pagesDone: 3,
    pagesTotal: '24',
    etaSeconds: '',
    at: 1_700_000_000_000.25,
  };

  test('progress comes back as it was put', async () => {
    const id = newId<JobId>();
    expect(await current().progress.get(id)).toBeNull();
    await current().progress.put(id, progress);
    expect(await current().progress.get(id)).toEqual(progress);
  });

  test('progress that comes late does not undo what is newer', async () => {
    const id = newId<JobId>();
    await current().progress.put(id, { ...progress, at: 2, status: 'completed' });
    await current().progress.put(id, { ...progress, at: 1 });
    expect(await current().progress.get(id)).toMatchObject({ at: 2, status: 'completed' });
    await current().progress.put(id, { ...progress, at: 3, percent: 50 });
    expect(await current().progress.get(id)).toMatchObject({ at: 3, percent: 50 });
  });
}

function describeSubscriptions(current: Current): void {
  test('a user watches what was added and not removed, each job once', async () => {
    const { subscriptions } = current();
    const [userId, other] = [newId<UserId>(), newId<UserId>()];
    const jobs = [newId<JobId>(), newId<JobId>(), newId<JobId>()] as const;
    await subscriptions.add(userId, []);
    await subscriptions.add(userId, [jobs[0], jobs[1], jobs[0]]);
    await subscriptions.add(userId, [jobs[1], jobs[2]]);
    await subscriptions.add(other, [jobs[0]]);
    await subscriptions.remove(userId, [jobs[0], newId<JobId>()]);
    await subscriptions.touch(userId);
    expect((await subscriptions.list(userId)).toSorted()).toEqual([jobs[1], jobs[2]].toSorted());
    expect(await subscriptions.list(other)).toEqual([jobs[0]]);
    expect(await subscriptions.list(newId<UserId>())).toEqual([]);
  });
}

function describePubSub(current: Current): void {
  test('every listener of a channel hears what is published, until it has enough', async () => {
    const channel = `test_${randomUUID().slice(0, 8)}`;
    const heard: string[] = [];
    const listener = (message: string): void => void heard.push(message);
    const { pubSub } = current();
    const first = await pubSub.subscribe(channel, listener);
    const second = await pubSub.subscribe(channel, listener);
    await pubSub.subscribe(`${channel}_other`, () => heard.push('of another channel'));
    expect(await pubSub.publish(channel, 'ä 1')).toBe(true);
    await eventually('both', () => heard.length === 2);
    await first();
    await first();
    await pubSub.publish(channel, '2');
    await eventually('one', () => heard.length === 3);
    await second();
    await pubSub.publish(channel, '3');
    await pubSub.subscribe(channel, listener);
    await pubSub.publish(channel, 'x'.repeat(7_000));
    await eventually('the long one', () => heard.length === 4);
    expect(heard.map((message) => message.slice(0, 4))).toEqual(['ä 1', 'ä 1', '2', 'xxxx']);
  });

  test('a listener that throws does not keep the others from hearing', async () => {
    const channel = `test_${randomUUID().slice(0, 8)}`;
    const { promise, resolve } = Promise.withResolvers<string>();
    await current().pubSub.subscribe(channel, () => {
      throw new Error('a bad listener');
    });
    await current().pubSub.subscribe(channel, resolve);
    await current().pubSub.publish(channel, 'still heard');
    expect(await promise).toBe('still heard');
  });
}
