import { init, use } from 'i18next';
import { initReactI18next } from 'react-i18next';
import en from './en.json' with { type: 'json' };

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'translation';
    resources: { translation: typeof en };
  }
}

/** Makes the texts available; English is bundled, so this never waits for the network. */
export async function startTranslations(): Promise<void> {
  use(initReactI18next);
  await init({
    lng: 'en',
    fallbackLng: 'en',
    resources: { en: { translation: en } },
    interpolation: { escapeValue: false },
    keySeparator: '.',
    nsSeparator: false,
  });
}
