import type { TextKey } from '#app/i18n/translate.ts';

export type KeyLabel = Extract<TextKey, `keys.${string}`>;

/** Something a key does. The list shown by `?` is made of these same entries. */
export interface KeyBinding {
  /** Values of KeyboardEvent.key; each of them does it. */
  keys: readonly string[];
  label: KeyLabel;
  run: () => void;
}

interface PressedKey {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
}

/** Finds what a pressed key does; the last scope wins. Keys with Ctrl, Alt or Meta are never ours. */
export function findBinding(
  scopes: readonly (readonly KeyBinding[])[],
  pressed: PressedKey,
): KeyBinding | undefined {
  if (pressed.ctrlKey || pressed.metaKey || pressed.altKey) return undefined;
  for (const bindings of scopes.toReversed()) {
    const found = bindings.find((binding) => binding.keys.includes(pressed.key));
    if (found) return found;
  }
  return undefined;
}

/** Says whether keys belong to the element: a field being filled in, an open menu or dialog. */
export function ownsKeys(target: EventTarget | null): boolean {
  if (!(target instanceof Element)) return false;
  return (
    target.closest('input, textarea, select, [contenteditable], [role=menu], [role=dialog]') !==
    null
  );
}
