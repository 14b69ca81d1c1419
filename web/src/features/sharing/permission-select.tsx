import { useTranslation } from '#app/i18n/use-translation.ts';
import type { SharePermission } from '#api/api-model.ts';
import { LabelledSelect } from '#components/labelled-select.tsx';

const permissions = ['view', 'comment', 'edit'] as const satisfies readonly SharePermission[];

interface PermissionSelectProps {
  label: string;
  value: SharePermission;
  onChange: (value: SharePermission) => void;
  isLabelHidden?: boolean;
  disabled?: boolean;
  className?: string;
}

/** What a share permits; each choice includes the ones before it. */
export function PermissionSelect(props: PermissionSelectProps) {
  const { t } = useTranslation();
  const choices = permissions.map((value) => ({ value, label: t(`sharing.permission.${value}`) }));
  return <LabelledSelect choices={choices} {...props} />;
}
