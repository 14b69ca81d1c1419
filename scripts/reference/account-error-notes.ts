/** Notes on the errors of signing in; see error-notes.ts. */
export const accountErrorNotes = {
  'auth.required': {
    means: 'The route is for people and programs that say who they are.',
    remedy: 'Sign in, or send an API key as `Authorization: Bearer dmk_…`.',
  },
  'auth.invalid': {
    means:
      'The session, the key or the link that came with the request is not good, or not good any more.',
    remedy: 'Sign in again, or use another key.',
  },
  'auth.refused': {
    means:
      'The e-mail address and the password do not belong together, or the account may not be used.',
    remedy: 'Check both; ask for a link to set a new password.',
  },
  'auth.email_unverified': {
    means: 'The password is right, and the address was not yet proved to be yours.',
    remedy: 'Follow the link in the mail that was sent; signing up again sends another.',
  },
  'auth.link_invalid': {
    means: 'A link works once and for a limited time; this one was used, has ended, or never was.',
    remedy: 'Ask for a new link.',
  },
  'auth.invitation_foreign': {
    means:
      'An invitation was to be accepted by another service, which knows another address of the person.',
    remedy:
      'Sign in there with the invited address, or choose a password on the page of the invitation.',
  },
  'auth.password_weak': {
    means: 'The password is too short, too long, or one of those that everybody tries first.',
    remedy: 'Take a longer one, such as a few words.',
  },
  'auth.sign_up_closed': {
    means: 'Accounts on this server are made by invitation.',
    remedy: 'Ask an admin of the server to invite you.',
  },
  'auth.provider_unknown': {
    means: 'This way to sign in is not set up on this server.',
    remedy: 'Use one of those that `/v1/auth/options` lists.',
  },
  'auth.provider_failed': {
    means: 'The provider did not confirm who you are, or its answer could not be trusted.',
    remedy: 'Try again; when it stays, tell who runs the server.',
  },
  'session.not_found': {
    means: 'There is no such living session of yours.',
    remedy: 'List the sessions again; it may have ended.',
  },
  'identity.not_found': {
    means: 'There is no such way to sign in among yours.',
    remedy: 'List them again.',
  },
  'identity.last_way': {
    means: 'Without this service you could not sign in any more.',
    remedy: 'Set a password first.',
  },
  'mail.failed': {
    means: 'A mail could not be handed over to the mail server, or written into its folder.',
    remedy:
      'Whoever runs the server checks DOCMILL_SMTP_URL, or the folder `mail` of the data folder.',
  },
} as const;
