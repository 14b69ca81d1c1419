import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { InvitationId } from '#kernel/ids.ts';
import { asId } from '#kernel/ids.ts';
import {
  invitationListSchema,
  invitationParamsSchema,
  invitationQuerySchema,
  inviteSchema,
  madeInvitationSchema,
  presentInvitation,
} from './invitation-schema.ts';
import type { InvitationDeps } from './invitation-service.ts';
import { endInvitation, getInvitationPage, invite } from './invitation-service.ts';

const tags = ['users'];

/** For admins: to everybody else there is nothing at these addresses. */
export function invitationRoutes(deps: InvitationDeps): FastifyPluginAsyncZod {
  return async (app) => {
    app.get('/v1/invitations', {
      schema: {
        tags,
        summary: 'Invitations that were not accepted yet, newest first; for admins',
        querystring: invitationQuerySchema,
        response: { 200: invitationListSchema },
      },
      handler: async ({ actor, query }) => {
        const page = await getInvitationPage(deps, actor, { ...query, cursor: query.cursor });
        return { ...page, items: page.items.map(presentInvitation) };
      },
    });

    app.post('/v1/invitations', {
      schema: {
        tags,
        summary: 'Invite an address to make an account; for admins',
        description:
          'Its link is sent by mail and answered this once. An open invitation of the same address ends. ' +
          'The answer does not tell whether the address has an account: its owner is told by mail.',
        body: inviteSchema,
        response: { 201: madeInvitationSchema },
      },
      handler: async ({ actor, body }, reply) => {
        const { invitation, token } = await invite(deps, actor, body);
        return reply
          .status(201)
          .header('cache-control', 'no-store')
          .send({ invitation: presentInvitation(invitation), token });
      },
    });

    app.delete('/v1/invitations/:invitationId', {
      schema: {
        tags,
        summary: 'Take an invitation back; for admins',
        params: invitationParamsSchema,
        response: { 204: z.null() },
      },
      handler: async ({ actor, params }, reply) => {
        await endInvitation(deps, actor, asId<InvitationId>(params.invitationId));
        return reply.status(204).send(null);
      },
    });
  };
}
