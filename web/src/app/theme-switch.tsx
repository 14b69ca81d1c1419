import { Moon, Sun, SunMoon } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from '#app/i18n/use-translation.ts';
import { type Theme, chooseTheme, followingTheme, readStoredTheme } from './theme.ts';

const icons = { auto: SunMoon, light: Sun, dark: Moon } satisfies Record<Theme, typeof Sun>;

/** One button that walks through: as the system, light, dark. */
export function ThemeSwitch() {
  const { t } = useTranslation();
  const [theme, setTheme] = useState(readStoredTheme);
  const Icon = icons[theme];
  const label = `${t('theme.label')}: ${t(`theme.${theme}`)}`;
  const walk = () => {
    const next = followingTheme(theme);
    chooseTheme(next);
    setTheme(next);
  };
  return (
    <button
      type="button"
      onClick={walk}
      aria-label={label}
      title={label}
      className="grid size-9 place-items-center rounded-lg text-ink-soft hover:bg-sunken hover:text-ink"
    >
      <Icon size={18} aria-hidden />
    </button>
  );
}
