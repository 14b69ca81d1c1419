import path from 'node:path';
import type { FastifyInstance } from 'fastify';
import { makeFirstAdminLink, sessionWay } from '#features/accounts/index.ts';
import { DocumentFeed } from '#features/documents/index.ts';
import { AccessWatch } from '#features/identity/index.ts';
import { JobFeed } from '#features/jobs/index.ts';
import { createClerkTokens } from '#features/clerk/index.ts';
import { PageImageCache } from '#features/zones/index.ts';
import { nobody, whoIsLocal } from '#http/authenticate.ts';
import { alsoByLink, linkCookie, linkWay } from '#features/sharing/index.ts';
import { clerkWay } from '#http/authenticate-clerk.ts';
import { keyWay } from '#http/authenticate-key.ts';
import { createServer } from '#http/server.ts';
import type { WayIn } from '#http/ways-in.ts';
import { tryWays } from '#http/ways-in.ts';
import { createOutgoingFetch } from '#outgoing/outgoing-fetch.ts';
import type { OutboxPublisher } from '#queue/outbox-publisher.ts';
import type { Config } from './config.ts';
import { describeSystem } from './describe-system.ts';
import { openAccounts } from './open-accounts.ts';
import { productPaths } from './product-paths.ts';
import { productVersion } from './product-version.ts';
import { requestLimits } from './request-limits.ts';
import type { StartService, Parts } from './build-parts.ts';

/** The role `api`: everything that is asked over HTTP. Throws when the address is taken. */
export async function startApi(
  config: Config,
  parts: Parts,
  startService: StartService,
  { isServing, outbox }: { isServing: () => boolean; outbox: OutboxPublisher },
): Promise<{ address: string; http: FastifyInstance; firstAdminLink: string | null }> {
  const feed = new JobFeed(parts.database, parts.bells.jobs, parts.logger);
  await startService(feed);
  const documentFeed = new DocumentFeed(parts.database, parts.bells.documents, parts.logger);
  await startService(documentFeed);
  const accessWatch = new AccessWatch(parts.database);
  await startService(accessWatch);
  const accounts = openAccounts(config, parts);
  await startService(accounts.background);
  const links = {
    database: parts.database,
    rateLimits: parts.realtime.rateLimits,
    linkCookie: linkCookie(config.DOCMILL_PUBLIC_URL),
  };
  const cacheFolder = path.join(config.dataDir, 'cache', 'pages');
  const http: FastifyInstance = await createServer({
    version: productVersion,
    publicHosts: publicHosts(config),
    webFolder: productPaths.web,
    authenticate: alsoByLink(
      links,
      config.DOCMILL_SIGN_IN === 'off'
        ? tryWays([keyWay(parts.database)], whoIsLocal)
        : tryWays(
            [
              sessionWay(accounts),
              keyWay(parts.database),
              ...clerkWays(config, parts),
              linkWay(links),
            ],
            nobody,
          ),
    ),
    limits: requestLimits(config, parts.realtime.rateLimits, {
      singleUser: config.DOCMILL_SIGN_IN === 'off',
    }),
    logger: parts.logger,
    deps: {
      ...parts,
      ...accounts,
      ...links,
      feed,
      documentFeed,
      accessWatch,
      subscriptions: parts.realtime.subscriptions,
      onWrite: () => outbox.wake(),
      onDue: () => parts.webhooks.wake(),
      clerk: { webhookSecrets: config.CLERK_WEBHOOK_SECRET },
      cache: new PageImageCache(cacheFolder, 2 * 1024 ** 3, parts.logger),
      recordRequest: (metric) => parts.metrics.requests.record(metric),
      isServing,
      checkDatabase: async () => {
        await parts.database.sql`select 1`;
      },
      describeSystem: () => describeSystem(config, parts),
    },
  });
  try {
    const address = await http.listen({ host: config.DOCMILL_HOST, port: config.DOCMILL_PORT });
    accounts.listensAt(address);
    const firstAdminLink =
      config.DOCMILL_SIGN_IN === 'off'
        ? null
        : await makeFirstAdminLink(parts.database, accounts.publicUrl());
    return { address, http, firstAdminLink };
  } catch (error) {
    await http.close();
    throw error;
  }
}

function publicHosts(config: Config): string[] {
  const hosts = [config.DOCMILL_HOST];
  if (config.DOCMILL_PUBLIC_URL !== undefined) {
    hosts.push(new URL(config.DOCMILL_PUBLIC_URL).hostname);
  }
  return hosts;
}

/** None where no Clerk instance is named. */
function clerkWays(config: Config, { database, outgoing }: Parts): WayIn[] {
  const issuer = config.CLERK_ISSUER;
  if (issuer === undefined) return [];
  const tokens = createClerkTokens({
    issuer,
    jwtKey: config.CLERK_JWT_KEY,
    authorizedParties: config.CLERK_AUTHORIZED_PARTIES,
    fetch: createOutgoingFetch(outgoing, { timeoutMs: 10_000, maxBytes: 256 * 1024 }),
  });
  return [clerkWay(database, tokens)];
}
