import type { BenchRow, Figure } from '../figure.ts';
import { plainFigure, underLimit } from '../figure.ts';
import { percentile } from '../sample-statistics.ts';
import type { DataSite } from './data-site.ts';
import { namedQueries } from './named-queries.ts';
import { explainQuery, wholeTablesRead } from './query-plans.ts';

const rounds = 200;
const warmUp = 20;
const limitMs = 50;

/** Each named query for owners drawn at random, one caller, in milliseconds; and whether its plan uses its index. */
export async function measureQueries(site: DataSite): Promise<BenchRow[]> {
  const figures: Figure[] = [];
  for (const query of namedQueries) {
    const latencies: number[] = [];
    for (let round = 0; round < rounds + warmUp; round += 1) {
      const drawn = site.draw();
      const startedAt = performance.now();
      await query.run(site.app.as(drawn.actor), drawn);
      if (round >= warmUp) latencies.push(performance.now() - startedAt);
    }
    figures.push(underLimit(`data.${query.name}_p95`, 'ms', percentile(latencies, 0.95), limitMs));
    const plan = await explainQuery(site.appUrl, query, site.draw());
    if (query.index.test(plan) && wholeTablesRead(plan).length === 0) continue;
    figures.push({
      ...plainFigure(`data.${query.name}_plan_without_its_index`, 'plan', 1),
      ok: false,
    });
  }
  return figures;
}
