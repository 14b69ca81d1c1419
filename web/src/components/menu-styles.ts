/** Looks of the drop-down menus. */
export const menuPopup =
  'min-w-48 rounded-xl border border-line bg-surface p-1.5 text-sm shadow-raised outline-none';
export const menuItem =
  'flex h-9 cursor-default items-center gap-2.5 rounded-lg px-2.5 outline-none select-none data-highlighted:bg-sunken';
