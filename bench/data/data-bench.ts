import type { Bench, BenchContext } from '../bench.ts';
import type { BenchRow } from '../figure.ts';
import { measureArchive } from './archive-part.ts';
import { measureBulk } from './bulk-part.ts';
import { measureClients } from './client-part.ts';
import type { DataSite } from './data-site.ts';
import { openDataSite } from './data-site.ts';
import { measureFolders } from './folder-part.ts';
import { measurePolicies } from './policy-part.ts';
import { measureQueries } from './query-part.ts';

/** A new part is one more line; it gets the filled database and leaves it as it was. */
const parts: readonly ((site: DataSite, runs: number) => Promise<BenchRow[]>)[] = [
  measureQueries,
  measureFolders,
  measureArchive,
  measureBulk,
  measurePolicies,
  measureClients,
];

const zonesPerDocument = 10;

export const dataBench: Bench = {
  name: 'data',
  summary: 'the data layer over a million zones: named queries, folders, bulk, policies, clients',
  run: async ({ folder, runs, dataZones, say }: BenchContext) => {
    const documents = Math.ceil(dataZones / zonesPerDocument);
    say(`data: filling ${dataZones} zones of ${documents} documents`);
    const site = await openDataSite(folder, {
      owners: Math.max(10, Math.round(documents / 5)),
      documents,
      zonesPerDocument,
      historyPerJob: 10,
      treeFolders: 4_000,
      archiveFolders: 100_000,
    });
    try {
      const rows: BenchRow[] = [];
      for (const part of parts) {
        say(`data: ${part.name}`);
        rows.push(...(await part(site, runs)));
      }
      return rows;
    } finally {
      await site.close();
    }
  },
};
