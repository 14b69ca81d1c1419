import type { QueryClient } from '@tanstack/react-query';
import type { Translate } from '#app/i18n/translate.ts';
import type { AccountSettings, Job } from '#api/api-model.ts';
import { offerAction } from '#components/toast-queue.ts';
import { accountQuery } from '#features/accounts/account-queries.ts';
import { type NoticeKind, wantedNotices } from './wanted-notices.ts';

const texts = {
  completed: ['notices.completed', 'notices.completedMany'],
  failed: ['notices.failed', 'notices.failedMany'],
  review: ['notices.review', 'notices.reviewMany'],
} as const satisfies Record<NoticeKind, readonly [one: string, many: string]>;

/** Says in passing which runs have ended, as far as the reader wants to be told; `go` opens a place of the application. */
export async function tellOfRuns(
  jobs: readonly Job[],
  { queryClient, t, go }: { queryClient: QueryClient; t: Translate; go: (place: string) => void },
): Promise<void> {
  const wishes = await readWishes(queryClient);
  if (wishes === null) return;
  for (const { kind, jobs: alike } of wantedNotices(jobs, wishes)) {
    const [one, many] = texts[kind];
    const [first, second] = alike;
    if (first === undefined) continue;
    const title =
      second === undefined ? t(one, { title: first.title }) : t(many, { count: alike.length });
    const isFailure = kind === 'failed';
    const reason = isFailure && second === undefined ? first.errorMessage : null;
    offerAction(
      { title, ...(reason !== null && { description: reason }), isFailure },
      { label: t('notices.open'), act: () => go(placeOf(kind, alike)) },
    );
  }
}

function placeOf(kind: NoticeKind, [first, second]: readonly Job[]): string {
  if (kind === 'review') return '/review';
  return second === undefined && first?.documentId ? `/documents/${first.documentId}` : '/';
}

/** null for who has no account to prefer anything in, such as the holder of a link. */
async function readWishes(
  queryClient: QueryClient,
): Promise<AccountSettings['notifications'] | null> {
  try {
    return (await queryClient.ensureQueryData(accountQuery)).settings.notifications;
  } catch {
    return null;
  }
}
