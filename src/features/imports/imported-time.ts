/** An instant of another system, to the microsecond: a Date would cut it. */
export interface ImportedTime {
  /** As PostgreSQL reads it, in UTC. */
  text: string;
  /** Microseconds since 1970. */
  micros: number;
  /** Milliseconds since 1970, rounded down. */
  ms: number;
}

const isoPattern =
  /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?)?\s*(Z|[+-]\d\d(?::?\d\d)?)?$/i;

/**
 * Reads a time as programs write it: ISO 8601 or seconds since 1970. A time without a zone is UTC. null for nothing
 * (`None`, `null`, an empty text). Throws RangeError for anything else.
 */
export function readImportedTime(raw: unknown): ImportedTime | null {
  if (raw === null || raw === undefined) return null;
  const text = typeof raw === 'number' ? String(raw) : raw;
  if (typeof text !== 'string') throw notATime(raw);
  const trimmed = text.trim();
  if (/^(?:|none|null|nil|undefined)$/i.test(trimmed)) return null;
  if (/^\d{9,10}(?:\.\d+)?$/.test(trimmed)) return fromSeconds(trimmed);
  return fromIso(trimmed) ?? raiseNotATime(raw);
}

function fromSeconds(text: string): ImportedTime {
  const [whole = '', fraction = ''] = text.split('.');
  return timeAt(Number(whole) * 1_000, fraction);
}

function fromIso(text: string): ImportedTime | null {
  const [, day, clock = '00:00', seconds = '00', fraction = '', zone = 'Z'] =
    isoPattern.exec(text) ?? [];
  if (day === undefined) return null;
  const offset = zone.length === 3 ? `${zone}:00` : zone.replace(/^(...)(\d\d)$/, '$1:$2');
  const ms = Date.parse(`${day}T${clock}:${seconds}${offset.toUpperCase()}`);
  // Date.parse takes the 30th of February for the 1st of March.
  const midnight = new Date(`${day}T00:00:00Z`);
  if (Number.isNaN(ms) || Number.isNaN(midnight.getTime())) return null;
  return midnight.toISOString().startsWith(day) ? timeAt(ms, fraction) : null;
}

/** `fraction`: the digits behind the point of the second. */
function timeAt(wholeSecondMs: number, fraction: string): ImportedTime {
  const micros = fraction.slice(0, 6).padEnd(6, '0');
  return {
    text: `${new Date(wholeSecondMs).toISOString().slice(0, 19)}.${micros}Z`,
    micros: wholeSecondMs * 1_000 + Number(micros),
    ms: wholeSecondMs + Math.floor(Number(micros) / 1_000),
  };
}

function notATime(raw: unknown): RangeError {
  return new RangeError(`${JSON.stringify(raw)?.slice(0, 60) ?? 'it'} is not a time`);
}

function raiseNotATime(raw: unknown): never {
  throw notATime(raw);
}
