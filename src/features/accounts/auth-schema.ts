import { z } from 'zod';
import {
  emailSchema,
  linkTokenSchema,
  passwordSchema,
  personNameSchema,
} from './account-schema.ts';
import { passwordLength } from './password-rules.ts';
import { providerIds } from './sign-in-provider.ts';

export const authOptionsSchema = z
  .object({
    signIn: z
      .enum(['required', 'off'])
      .describe('off: everybody on this machine is the owner, and nobody signs in'),
    signUp: z
      .enum(['open', 'invited'])
      .describe('Who may make an account: everybody, or who was invited'),
    providers: z
      .array(z.object({ id: z.enum(providerIds), name: z.string() }))
      .describe('Other services by which one can sign in'),
    firstAdminNeeded: z
      .boolean()
      .describe('No admin yet: the server has printed a link that makes one'),
    passwordLength: z.object({ least: z.int(), most: z.int() }),
  })
  .meta({ id: 'AuthOptions' });

const { least, most } = passwordLength;
const newPasswordSchema = passwordSchema.describe(`${least} to ${most} characters`);

const newAccountFields = {
  email: emailSchema,
  password: newPasswordSchema,
  firstName: personNameSchema.nullable().default(null),
  lastName: personNameSchema.nullable().default(null),
};

export const firstAdminSchema = z.object({ token: linkTokenSchema, ...newAccountFields });

export const signInSchema = z.object({ email: emailSchema, password: passwordSchema });

export const signOutSchema = z
  .object({ everywhere: z.boolean().default(false).describe('All sessions of the account') })
  .nullish();

export const signUpSchema = z
  .object({
    ...newAccountFields,
    email: emailSchema.optional().describe('Left out with an invitation, which says the address'),
    invitation: linkTokenSchema.optional().describe('What follows #token= in the link'),
  })
  .refine((wish) => wish.email !== undefined || wish.invitation !== undefined, {
    error: 'must hold email or invitation',
  });

export const signUpAnswerSchema = z.object({
  status: z.literal('check_mail').describe('The same whether or not somebody has the address'),
});

export const verifyEmailSchema = z.object({ token: linkTokenSchema });

export const resetRequestSchema = z.object({ email: emailSchema });

export const resetSchema = z.object({ token: linkTokenSchema, password: newPasswordSchema });

export const providerParamsSchema = z.object({ provider: z.string().max(50) });

export const providerStartSchema = z.object({
  returnTo: z.string().max(2_000).default('/').describe('Path of the web application to end at'),
  link: z.stringbool().default(false).describe('Add the service to the account that is signed in'),
});

export const invitedStartSchema = z.object({
  invitation: linkTokenSchema,
  returnTo: z.string().max(2_000).default('/').describe('Path of the web application to end at'),
});

export const providerAddressSchema = z.object({
  url: z.url().describe('Where the browser is to go now'),
});

export const providerAnswerSchema = z.object({
  code: z.string().max(4_096).optional(),
  state: z.string().max(1_000).optional(),
  error: z.string().max(1_000).optional(),
});
