import { History, Pencil, Trash2 } from 'lucide-react';
import { useTranslation } from '#app/i18n/use-translation.ts';
import type { Zone } from '#api/api-model.ts';
import { IconButton } from '#components/icon-button.tsx';
import { zoneKindName } from './use-zone-name.ts';

const kinds: readonly Zone['kind'][] = [
  'text',
  'heading',
  'table',
  'figure',
  'diagram',
  'image',
  'header',
  'footer',
  'handwriting',
  'unknown',
];

interface ZoneToolsProps {
  zone: Zone;
  isHistoryShown: boolean;
  isBusy: boolean;
  onEdit: () => void;
  onKind: (kind: Zone['kind']) => void;
  onRemove: () => void;
  onToggleHistory: () => void;
}

/** What can be done with the chosen zone. */
export function ZoneTools(props: ZoneToolsProps) {
  const { zone, isHistoryShown, isBusy, onEdit, onKind, onRemove, onToggleHistory } = props;
  const { t } = useTranslation();
  return (
    <div
      role="group"
      aria-label={t('zoneEdit.tools')}
      className="mt-2 flex cursor-auto items-center gap-1"
      onClick={(event) => event.stopPropagation()}
    >
      <select
        aria-label={t('zoneEdit.kind')}
        value={zone.kind}
        disabled={isBusy}
        onChange={(event) => {
          const kind = kinds.find((known) => known === event.target.value);
          if (kind) onKind(kind);
        }}
        className="h-8 rounded-lg border border-line bg-surface px-2 text-xs hover:border-line-strong"
      >
        {kinds.map((kind) => (
          <option key={kind} value={kind}>
            {zoneKindName(t, kind)}
          </option>
        ))}
      </select>
      <IconButton icon={Pencil} label={t('zoneEdit.edit')} shortcut="e" onClick={onEdit} />
      <IconButton
        icon={History}
        label={t('zoneEdit.history')}
        aria-expanded={isHistoryShown}
        onClick={onToggleHistory}
      />
      <IconButton icon={Trash2} label={t('zoneEdit.remove')} disabled={isBusy} onClick={onRemove} />
    </div>
  );
}
