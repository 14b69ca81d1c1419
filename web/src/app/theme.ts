export const themes = ['auto', 'light', 'dark'] as const;
export type Theme = (typeof themes)[number];

const storageKey = 'docmill.theme';

/** The chosen theme; `auto` when none was chosen or the browser refuses storage. */
export function readStoredTheme(): Theme {
  try {
    const stored = localStorage.getItem(storageKey);
    return themes.find((theme) => theme === stored) ?? 'auto';
  } catch {
    return 'auto';
  }
}

/** Puts a theme on the document and remembers it. */
export function chooseTheme(theme: Theme): void {
  setThemeAttribute(theme);
  try {
    localStorage.setItem(storageKey, theme);
  } catch {
    // A browser that refuses storage still gets the theme for this visit.
  }
}

export function applyStoredTheme(): void {
  setThemeAttribute(readStoredTheme());
}

/** The theme after this one, for a button that walks through them. */
export function followingTheme(theme: Theme): Theme {
  return themes[(themes.indexOf(theme) + 1) % themes.length] ?? 'auto';
}

function setThemeAttribute(theme: Theme): void {
  if (theme === 'auto') delete document.documentElement.dataset['theme'];
  else document.documentElement.dataset['theme'] = theme;
}
