import type { PageReading, ZoneReading } from '#pipeline/page-reading.ts';
import type { ExportSelection, ExportType } from './export.ts';

/** Place of a zone: page and position, by which readings know their zones. */
export type ZonePlaceKey = `${number} ${number}`;

/** The pages of an export: all of them, those selected with the zones selected, or none. */
export async function* selectReading(
  pages: AsyncIterable<PageReading>,
  type: ExportType,
  selection: ExportSelection | null,
  zonePlaces: ReadonlySet<ZonePlaceKey> | null,
): AsyncGenerator<PageReading> {
  if (type === 'metadata_only') return;
  const numbers = selection?.pages && new Set(selection.pages);
  for await (const page of pages) {
    if (numbers && !numbers.has(page.number)) continue;
    const kept = zonePlaces === null ? page : keepZones(page, zonePlaces);
    if (zonePlaces !== null && kept.zones.length === 0) continue;
    yield type === 'zones_only' ? withoutWords(kept) : kept;
  }
}

/** The page as if only some of its zones had been read: words and text are theirs. */
function keepZones(page: PageReading, places: ReadonlySet<ZonePlaceKey>): PageReading {
  const words: PageReading['words'] = [];
  const zones = page.zones
    .filter((zone) => places.has(`${page.number} ${zone.position}`))
    .map((zone): ZoneReading => {
      const wordFrom = words.length;
      words.push(...page.words.slice(zone.wordFrom, zone.wordTo + 1));
      return shiftZone(zone, wordFrom - zone.wordFrom);
    });
  const texts = zones.map((zone) => zone.content).filter((content) => content !== '');
  return { ...page, words, zones, text: texts.join('\n\n') };
}

function shiftZone(zone: ZoneReading, by: number): ZoneReading {
  const cells = zone.data?.cells?.map(({ wordFrom, wordTo, ...cell }) => ({
    ...cell,
    ...(wordFrom !== undefined && { wordFrom: wordFrom + by }),
    ...(wordTo !== undefined && { wordTo: wordTo + by }),
  }));
  return {
    ...zone,
    wordFrom: zone.wordFrom + by,
    wordTo: zone.wordTo + by,
    ...(zone.data && { data: { ...zone.data, ...(cells && { cells }) } }),
  };
}

/** Regions and their contents only; without words a zone has no range of them. */
function withoutWords(page: PageReading): PageReading {
  const zones = page.zones.map((zone) => ({ ...shiftZone(zone, -zone.wordFrom), wordTo: -1 }));
  return {
    ...page,
    words: [],
    text: '',
    zones: zones.map(({ data, ...zone }) => {
      const cells = data?.cells?.map(({ wordFrom: _from, wordTo: _to, ...cell }) => cell);
      return { ...zone, ...(data && { data: { ...data, ...(cells && { cells }) } }) };
    }),
  };
}
