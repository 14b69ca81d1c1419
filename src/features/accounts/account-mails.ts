import type { Mail } from '#features/mail/index.ts';

/** The texts of all mails about accounts. Nothing that a stranger typed stands in them but the address itself. */
export const accountMails = {
  verify: (to: string, link: string): Mail => ({
    to,
    subject: 'Is this address yours?',
    text: `Somebody made an account at Docmill with this address. If it was you, open this link
within two days to prove it:

${link}

If it was not you, do nothing: without the link nobody can use the account.`,
  }),

  /** In place of `verify`, for an address that has an account: the page that asked says the same in both cases. */
  alreadyThere: (to: string, link: string): Mail => ({
    to,
    subject: 'You have an account already',
    text: `Somebody tried to make an account at Docmill with this address, which has one. If it was you,
sign in, or set a new password here within an hour:

${link}

If it was not you, do nothing.`,
  }),

  invited: (to: string, link: string, end: Date): Mail => ({
    to,
    subject: 'You are invited to Docmill',
    text: `You may make an account at Docmill with this address. Open this link until
${end.toUTCString()} to choose a password. It works once:

${link}

If you do not want an account, do nothing.`,
  }),

  /** In place of `invited`, for an address that has an account: whoever invited it is answered the same. */
  invitedAlready: (to: string, link: string): Mail => ({
    to,
    subject: 'You are invited, and have an account already',
    text: `Somebody invited this address to Docmill, which has an account there. Sign in with it:

${link}

If you have forgotten the password, ask there for a link to set a new one.`,
  }),

  reset: (to: string, link: string): Mail => ({
    to,
    subject: 'A new password',
    text: `Open this link within an hour to set a new password at Docmill. It works once:

${link}

If you did not ask for it, do nothing: your password stays as it is.`,
  }),

  passwordChanged: (to: string): Mail => ({
    to,
    subject: 'Your password was changed',
    text: `The password of your account at Docmill was changed, and all other sessions were ended.

If it was not you, ask for a link to set a new password, and tell who runs the server.`,
  }),
} as const;
