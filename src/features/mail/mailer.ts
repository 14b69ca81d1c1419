/** A mail of plain text. */
export interface Mail {
  to: string;
  subject: string;
  /** Lines of text; links stand on lines of their own. */
  text: string;
}

/** Hands mails over. */
export interface Mailer {
  /** Resolves when the mail was taken over; throws `mail.failed` when it was not. */
  send(mail: Mail): Promise<void>;
  close(): void;
}
