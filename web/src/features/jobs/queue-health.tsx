import { useQuery } from '@tanstack/react-query';
import { useTranslation } from '#app/i18n/use-translation.ts';
import type { QueueStats } from '#api/api-model.ts';
import { formatMilliseconds } from '#components/value-formats.ts';
import { queueStatsQuery } from './job-queries.ts';
import { stageTexts } from './stage-texts.ts';

/** What waits and runs by stage, and how the stages did in the last day; nothing while there is nothing to say. */
export function QueueHealth() {
  const { t } = useTranslation();
  const { data } = useQuery(queueStatsQuery());
  const stages = data === undefined ? [] : stagesOf(data);
  if (stages.length === 0) return null;
  return (
    <section
      aria-label={t('queue.title')}
      className="mt-6 grid gap-3 sm:grid-cols-2 lg:grid-cols-4"
    >
      {stages.map((stage) => (
        <div key={stage.name} className="rounded-card border border-line bg-surface p-4 text-sm">
          <h2 className="font-medium">{t(stageTexts[stage.name] ?? 'queue.otherStage')}</h2>
          <p className="mt-1 text-ink-soft">
            {t('queue.open', { waiting: stage.waiting, running: stage.running })}
          </p>
          {stage.dead > 0 && <p className="text-bad">{t('queue.dead', { count: stage.dead })}</p>}
          {stage.p95Ms !== null && (
            <p className="text-xs text-ink-soft">
              {t('queue.done', { count: stage.finished, p95: formatMilliseconds(stage.p95Ms) })}
            </p>
          )}
        </div>
      ))}
    </section>
  );
}

interface StageHealth {
  name: string;
  waiting: number;
  running: number;
  dead: number;
  finished: number;
  p95Ms: number | null;
}

const order = ['classify', 'preprocess', 'ocr', 'llm', 'validate', 'persist'];

function stagesOf({ open, stages }: QueueStats): StageHealth[] {
  return order.flatMap((name) => {
    const work = open.filter((each) => each.stage === name);
    const past = stages.find((each) => each.stage === name);
    if (work.length === 0 && past === undefined) return [];
    const count = (wanted: readonly string[]): number =>
      work
        .filter((each) => wanted.includes(each.status))
        .reduce((sum, each) => sum + each.items, 0);
    return {
      name,
      waiting: count(['ready', 'delayed', 'paused']),
      running: count(['running']),
      dead: count(['dead']),
      finished: past?.finished ?? 0,
      p95Ms: past?.p95Ms ?? null,
    };
  });
}
