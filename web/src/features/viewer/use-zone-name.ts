import type { ParseKeys, TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import type { Zone } from '#api/api-model.ts';
import { formatPercent } from '#components/value-formats.ts';
import { isLowConfidence } from './zone-confidence.ts';

const kindKeys: Readonly<Record<string, ParseKeys>> = {
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

export function zoneKindName(t: TFunction, kind: string): string {
  return t(kindKeys[kind] ?? 'zoneKind.unknown');
}
