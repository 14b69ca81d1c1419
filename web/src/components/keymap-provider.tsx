import {
  type ReactNode,
  Suspense,
  createContext,
  lazy,
  useContext,
  useEffect,
  useMemo,
  useState,
} from 'react';
import { findBinding, ownsKeys } from './key-binding.ts';
import { KeymapContext, type KeymapEntry, type KeymapRegistry } from './use-keymap.ts';

const KeysDialog = lazy(async () => ({ default: (await import('./keys-dialog.tsx')).KeysDialog }));
const ShowKeysContext = createContext<() => void>(() => {});

/** Opens the list of keys. */
export function useKeysDialog(): () => void {
  return useContext(ShowKeysContext);
}

/** Listens to the keyboard for everything below and shows the list of keys. */
export function KeymapProvider({ children }: { children: ReactNode }) {
  const [registry] = useState(createRegistry);
  const [shown, setShown] = useState<readonly KeymapEntry[] | null>(null);
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || ownsKeys(event.target)) return;
      const scopes = registry.list().map((entry) => entry.bindings);
      const binding = findBinding(scopes, event);
      if (!binding) return;
      event.preventDefault();
      binding.run();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [registry]);
  const show = useMemo(() => () => setShown(registry.list()), [registry]);
  return (
    <KeymapContext value={registry}>
      <ShowKeysContext value={show}>
        {children}
        {shown && (
          <Suspense>
            <KeysDialog entries={shown} onClose={() => setShown(null)} />
          </Suspense>
        )}
      </ShowKeysContext>
    </KeymapContext>
  );
}

function createRegistry(): KeymapRegistry {
  const entries = new Set<KeymapEntry>();
  return {
    add: (entry) => {
      entries.add(entry);
      return () => entries.delete(entry);
    },
    list: () => [...entries].sort((a, b) => scopeRank(a) - scopeRank(b)),
  };
}

function scopeRank(entry: KeymapEntry): number {
  return entry.scope === 'everywhere' ? 0 : 1;
}
