import { home } from './folder-queries.ts';

const storageKey = 'docmill.folders.expanded';
/** More are forgotten: each is a request when the tree is shown. */
const mostKept = 40;

/** The folders that stood open in the tree; Home alone when nothing is remembered. */
export function readExpansion(): ReadonlySet<string> {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(storageKey) ?? '');
    if (!Array.isArray(stored)) return new Set([home]);
    return new Set(stored.map(String));
  } catch {
    return new Set([home]);
  }
}

/** Remembers which folders stand open. */
export function keepExpansion(expanded: ReadonlySet<string>): void {
  try {
    localStorage.setItem(storageKey, JSON.stringify([...expanded].slice(-mostKept)));
  } catch {
    // A browser that refuses storage still has them open for this visit.
  }
}
