import { Link2 } from 'lucide-react';
import { useTranslation } from '#app/i18n/use-translation.ts';
import type { Share } from '#api/api-model.ts';
import type { SharedObject } from '#api/share-api.ts';
import { ConfirmButton } from '#components/confirm-button.tsx';
import { formatDay } from '#components/value-formats.ts';
import { LinkForm } from './link-form.tsx';
import { useShareActions } from './use-share-actions.ts';

interface LinkSharesProps {
  object: SharedObject;
  shares: readonly Share[];
}

/** The links to something, and the form of one more. */
export function LinkShares({ object, shares }: LinkSharesProps) {
  const { t } = useTranslation();
  return (
    <section aria-label={t('sharing.links')}>
      <h3 className="font-medium">{t('sharing.links')}</h3>
      <p className="text-sm text-ink-soft">{t('sharing.linkText')}</p>
      <LinkForm object={object} />
      {shares.length === 0 ? (
        <p className="mt-3 text-sm text-ink-soft">{t('sharing.noLinks')}</p>
      ) : (
        <ul className="mt-3 divide-y divide-line">
          {shares.map((share) => (
            <li key={share.id}>
              <LinkRow share={share} />
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function LinkRow({ share }: { share: Share }) {
  const { t } = useTranslation();
  const { end, isBusy } = useShareActions();
  const permission = t(`sharing.permission.${share.permission}`);
  const facts = [
    share.hasPassword ? t('sharing.withPassword') : null,
    share.expiresAt === null
      ? t('sharing.noEnd')
      : t('sharing.endsOn', { day: formatDay(share.expiresAt) }),
    t('sharing.uses', { count: share.uses }),
  ];
  return (
    <div className="flex flex-wrap items-center gap-2 py-2">
      <Link2 size={16} className="shrink-0 text-ink-soft" aria-hidden />
      <div className="min-w-0 flex-1">
        <p className="text-sm font-medium">{t('sharing.linkMay', { permission })}</p>
        <p className="text-xs text-ink-soft">{facts.filter((fact) => fact !== null).join(' · ')}</p>
      </div>
      <ConfirmButton
        label={t('sharing.endLink')}
        question={t('sharing.endLinkQuestion')}
        isBusy={isBusy}
        onConfirm={() => end(share.id)}
      />
    </div>
  );
}
