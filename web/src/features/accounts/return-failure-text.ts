const texts = {
  'auth.provider_unknown': 'unknown',
  'auth.refused': 'refused',
  'auth.email_unverified': 'unverified',
  'auth.sign_up_closed': 'closed',
  'auth.link_invalid': 'ended',
  'auth.invitation_foreign': 'foreign',
  'identity.taken': 'taken',
} as const;

export type ReturnFailureText = (typeof texts)[keyof typeof texts] | 'failed';

/** Which sentence says what the address of the page gives as an error; anybody can write anything there. */
export function returnFailureText(code: string): ReturnFailureText {
  return Object.entries(texts).find(([known]) => known === code)?.[1] ?? 'failed';
}
