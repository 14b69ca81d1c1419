import { pino } from 'pino';
import type { Logger } from 'pino';

/** JSON lines on standard error, so that standard output stays free for results. Secrets are redacted. */
export function createLogger(level: string): Logger {
  return pino(
    {
      level,
      base: null,
      messageKey: 'event',
      serializers: { error: pino.stdSerializers.err },
      redact: {
        paths: [
          'password',
          '*.password',
          'authorization',
          '*.authorization',
          '*.cookie',
          'url',
          '*.url',
        ],
        censor: '(hidden)',
      },
    },
    pino.destination({ dest: 2, sync: false }),
  );
}
