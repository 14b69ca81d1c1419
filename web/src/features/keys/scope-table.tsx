import { useTranslation } from '#app/i18n/use-translation.ts';
import type { KeyScope } from '#api/api-model.ts';
import { keyAreas } from './key-scopes.ts';

interface ScopeTableProps {
  chosen: ReadonlySet<KeyScope>;
  onChange: (chosen: ReadonlySet<KeyScope>) => void;
}

const ways = ['read', 'write'] as const;

/** What a key may do, area by area. */
export function ScopeTable({ chosen, onChange }: ScopeTableProps) {
  const { t } = useTranslation();
  const toggle = (scope: KeyScope): void => {
    const next = new Set(chosen);
    if (!next.delete(scope)) next.add(scope);
    onChange(next);
  };
  return (
    <table className="w-full max-w-md text-sm">
      <thead>
        <tr className="text-left text-xs text-ink-soft">
          <th scope="col" className="pb-1 font-medium">
            {t('apiKeys.area')}
          </th>
          {ways.map((way) => (
            <th key={way} scope="col" className="w-20 pb-1 text-center font-medium">
              {t(`apiKeys.${way}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {keyAreas.map((area) => (
          <tr key={area} className="border-t border-line">
            <th scope="row" className="py-1 text-left font-normal">
              {t(`apiKeys.areas.${area}`)}
            </th>
            {ways.map((way) => {
              const scope = `${area}:${way}` as const;
              return (
                <td key={way} className="text-center">
                  <label className="inline-grid size-8 place-items-center">
                    <span className="sr-only">
                      {t(`apiKeys.areas.${area}`)}: {t(`apiKeys.${way}`)}
                    </span>
                    <input
                      type="checkbox"
                      className="size-4 accent-accent"
                      checked={chosen.has(scope)}
                      onChange={() => toggle(scope)}
                    />
                  </label>
                </td>
              );
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
