import type { VersionId, ZoneId } from '#kernel/ids.ts';

/** Least confidence, 0..1, per kind of content. */
export interface ReviewGates {
  text: number;
  table: number;
  /** Figures, diagrams and images. */
  figure: number;
}

export interface ReviewSettings {
  /** `optional` completes the job and asks a person all the same; `required` keeps it open until then. */
  mode: 'off' | 'optional' | 'required';
  gates: ReviewGates;
  /** How long a reviewer has a task to themselves without saving. */
  leaseMs: number;
}

export const defaultReviewSettings: ReviewSettings = {
  mode: 'optional',
  gates: { text: 0.8, table: 0.7, figure: 0.6 },
  leaseMs: 30 * 60_000,
};

export interface DoubtfulZone {
  id: ZoneId;
  pageNumber: number;
  kind: string;
  content: string;
  confidence: number;
}

export interface DoubtfulPage {
  number: number;
  confidence: number;
  warnings: readonly string[];
}

/** One question to a person: about a zone, or about a whole page when more than one thing on it is in doubt. */
export interface ReviewWish {
  versionId: VersionId;
  pageNumber: number;
  zoneId: ZoneId | null;
  reason: 'low_confidence' | 'validation_failed';
  priority: number;
  draft: { zones: Omit<DoubtfulZone, 'pageNumber'>[] };
}

/** Below this somebody will mostly have to type it anew. */
const poor = 0.5;
const [normal, high] = [2, 3];
/** A page with one of these was not read as it should have been. */
const failures = new Set(['page_unreadable', 'no_text_found']);

/** The gate a kind of zone has to pass. */
export function gateOf(gates: ReviewGates, kind: string): number {
  if (kind === 'table') return gates.table;
  return kind === 'figure' || kind === 'diagram' || kind === 'image' ? gates.figure : gates.text;
}

/** What to ask, one question a page: everything in doubt on it is on one screen. */
export function wishReviews(
  versionId: VersionId,
  pages: readonly DoubtfulPage[],
  zones: readonly DoubtfulZone[],
): ReviewWish[] {
  const zonesOf = Map.groupBy(zones, (zone) => zone.pageNumber);
  const pageOf = new Map(pages.map((page) => [page.number, page]));
  const numbers = [...new Set([...zonesOf.keys(), ...pageOf.keys()])].sort((a, b) => a - b);
  return numbers.map((pageNumber) => {
    const page = pageOf.get(pageNumber);
    const doubtful = zonesOf.get(pageNumber) ?? [];
    const [only] = doubtful;
    const least = Math.min(page?.confidence ?? 1, ...doubtful.map((zone) => zone.confidence));
    const failed = page?.warnings.some((warning) => failures.has(warning)) ?? false;
    return {
      versionId,
      pageNumber,
      zoneId: page === undefined && doubtful.length === 1 && only ? only.id : null,
      reason: failed ? 'validation_failed' : 'low_confidence',
      priority: least < poor ? high : normal,
      draft: {
        zones: doubtful.map(({ id, kind, content, confidence }) => ({
          id,
          kind,
          content,
          confidence,
        })),
      },
    };
  });
}
