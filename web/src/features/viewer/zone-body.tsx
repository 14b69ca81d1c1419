import { useCallback, useMemo, useState } from 'react';
import { useTranslation } from '#app/i18n/use-translation.ts';
import type { Zone } from '#api/api-model.ts';
import type { KeyBinding } from '#components/key-binding.ts';
import { useKeymap } from '#components/use-keymap.ts';
import { flowLines } from './flow-lines.ts';
import { tableRowsOf } from './table-cells.ts';
import { useZoneEdits } from './use-zone-edits.ts';
import { useZoneName, zoneKindName } from './use-zone-name.ts';
import { useViewerRights } from './viewer-rights.ts';
import { ZoneEditor } from './zone-editor.tsx';
import { ZoneRevisions } from './zone-revisions.tsx';
import { ZoneTable } from './zone-table.tsx';
import { ZoneTools } from './zone-tools.tsx';

interface ZoneBodyProps {
  documentId: string;
  zone: Zone;
  isChosen: boolean;
  isEditing: boolean;
  onEditing: (isEditing: boolean) => void;
}

/** The content of a zone or the field that corrects it; for the chosen zone also what can be done with it. */
export function ZoneBody({ documentId, zone, isChosen, isEditing, onEditing }: ZoneBodyProps) {
  const { t } = useTranslation();
  const zoneName = useZoneName();
  const { canEdit } = useViewerRights();
  const edits = useZoneEdits(documentId);
  const [isHistoryShown, setIsHistoryShown] = useState(false);
  const startEditing = useCallback(() => onEditing(true), [onEditing]);
  // What was typed stays when it is refused; the toast says what is wrong with it.
  const edit = (change: Parameters<typeof edits.edit>[0]['change']) =>
    edits.edit({ zone, change }).then(
      () => onEditing(false),
      () => undefined,
    );
  return (
    <>
      {isEditing ? (
        <ZoneEditor
          content={zone.content}
          label={t('zoneEdit.field', { name: zoneName(zone) })}
          isBusy={edits.isBusy}
          onSave={(content) => void edit({ content })}
          onCancel={() => onEditing(false)}
        />
      ) : (
        <ZoneContent zone={zone} />
      )}
      {isChosen && !isEditing && canEdit && (
        <>
          <EditKey onEdit={startEditing} />
          <ZoneTools
            zone={zone}
            isHistoryShown={isHistoryShown}
            isBusy={edits.isBusy}
            onEdit={startEditing}
            onKind={(kind) => void edit({ kind })}
            onRemove={() => edits.remove(zone)}
            onToggleHistory={() => setIsHistoryShown(!isHistoryShown)}
          />
        </>
      )}
      {isHistoryShown && (
        <ZoneRevisions
          zoneId={zone.id}
          isBusy={edits.isBusy}
          onRevert={(revision) => edits.revert({ zoneId: zone.id, revision })}
        />
      )}
    </>
  );
}

/** Binds the key that corrects the chosen zone. */
function EditKey({ onEdit }: { onEdit: () => void }) {
  const bindings = useMemo(
    (): KeyBinding[] => [{ keys: ['e'], label: 'keys.editZone', run: onEdit }],
    [onEdit],
  );
  useKeymap('zone', bindings);
  return null;
}

function ZoneContent({ zone }: { zone: Zone }) {
  const { t } = useTranslation();
  const rows = zone.kind === 'table' ? tableRowsOf(zone) : null;
  if (rows !== null) {
    return <ZoneTable rows={rows} name={`${zoneKindName(t, zone.kind)} ${zone.position}`} />;
  }
  if (zone.content === '') {
    return <p className="text-sm text-ink-faint">{t('viewer.emptyZone')}</p>;
  }
  const look =
    zone.kind === 'heading'
      ? 'text-base font-semibold'
      : zone.kind === 'header' || zone.kind === 'footer'
        ? 'text-xs text-ink-soft'
        : 'text-sm';
  return <p className={`${look} break-words whitespace-pre-line`}>{flowLines(zone.content)}</p>;
}
