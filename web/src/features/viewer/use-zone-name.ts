import type { TextKey, Translate } from '#app/i18n/translate.ts';
import { useTranslation } from '#app/i18n/use-translation.ts';
import type { Zone } from '#api/api-model.ts';
import { formatPercent } from '#components/value-formats.ts';
import { isLowConfidence } from './zone-confidence.ts';

const kindKeys: Readonly<Record<string, TextKey>> = {
  text: 'zoneKind.text',
  heading: 'zoneKind.heading',
  table: 'zoneKind.table',
  figure: 'zoneKind.figure',
  diagram: 'zoneKind.diagram',
  image: 'zoneKind.image',
  header: 'zoneKind.header',
  footer: 'zoneKind.footer',
  handwriting: 'zoneKind.handwriting',
};

/** What a zone is called: its kind, its place in the reading order and its first words. */
export function useZoneName(): (zone: Zone) => string {
  const { t } = useTranslation();
  return (zone) => {
    const words = {
      kind: zoneKindName(t, zone.kind),
      position: zone.position,
      text: zone.content.slice(0, 80),
    };
    return isLowConfidence(zone)
      ? t('viewer.zoneNameLow', { ...words, percent: formatPercent(zone.confidence) })
      : t('viewer.zoneName', words);
  };
}

export function zoneKindName(t: Translate, kind: string): string {
  return t(kindKeys[kind] ?? 'zoneKind.unknown');
}
