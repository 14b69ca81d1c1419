import { createContext, useContext, useEffect } from 'react';
import type { KeyBinding, KeyLabel } from './key-binding.ts';

export type KeyScope = 'everywhere' | 'library' | 'viewer' | 'zone' | 'jobs' | 'review';

export interface KeymapEntry {
  scope: KeyScope;
  bindings: readonly KeyBinding[];
}

export interface KeymapRegistry {
  /** Adds bindings; the answer takes them away again. */
  add: (entry: KeymapEntry) => () => void;
  list: () => readonly KeymapEntry[];
}

export const KeymapContext = createContext<KeymapRegistry>({ add: () => () => {}, list: () => [] });

/** Binds keys while the component is mounted. Pass a memoised list. */
export function useKeymap(scope: KeyScope, bindings: readonly KeyBinding[]): void {
  const registry = useContext(KeymapContext);
  useEffect(() => registry.add({ scope, bindings }), [registry, scope, bindings]);
}

/** Names of keys that are not one sign. */
export const keyNames: Readonly<Record<string, KeyLabel>> = {
  Escape: 'keys.escape',
  PageDown: 'keys.pageDown',
  PageUp: 'keys.pageUp',
  Home: 'keys.home',
  End: 'keys.end',
};
