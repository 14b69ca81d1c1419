/** Sizes of pages are read in stretches of this many. */
export const stretchPages = 200;
