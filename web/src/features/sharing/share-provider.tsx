import { type ReactNode, Suspense, createContext, lazy, useContext, useState } from 'react';
import { withAccountTexts } from '#app/i18n/use-translation.ts';
import type { SharedObject } from '#api/share-api.ts';

const ShareDialog = lazy(async () => ({
  default: (await withAccountTexts(() => import('./share-dialog.tsx'))).ShareDialog,
}));

interface SharedThing {
  object: SharedObject;
  title: string;
}

const OpenContext = createContext<(thing: SharedThing) => void>(() => {});

/** Opens the dialog that shares a document or a folder. */
export function useShareDialog(): (thing: SharedThing) => void {
  return useContext(OpenContext);
}

/** Holds the dialog for sharing, so that it outlives the menu it is opened from. */
export function ShareProvider({ children }: { children: ReactNode }) {
  const [thing, setThing] = useState<SharedThing | null>(null);
  return (
    <OpenContext value={setThing}>
      {children}
      {thing && (
        <Suspense>
          <ShareDialog {...thing} onClose={() => setThing(null)} />
        </Suspense>
      )}
    </OpenContext>
  );
}
