/** What a printed token is made of, and whether it looks like something a person would print. */
export interface TokenVerdict {
  kind: 'letters' | 'digits' | 'symbols';
  plausible: boolean;
}

const edges = /^[\p{P}\p{S}]+|[\p{P}\p{S}]+$/gu;
const latinOnly = /^[\p{Script=Latin}\p{M}'’\-‐.·/&]+$/u;
const anyLatin = /\p{Script=Latin}/u;
const partBreak = /['’\-‐.·/&]+/;

/**
 * Judges one word by its shape alone: without a dictionary, so it works for every language in Latin
 * script and lets other scripts pass. Recognition debris ("tlhc", "1l;", "~|") fails.
 */
export function judgeToken(text: string): TokenVerdict {
  if (/\p{N}/u.test(text)) return { kind: 'digits', plausible: isKnownPattern(text) };
  const core = text.replace(edges, '');
  if (!/\p{L}/u.test(core)) return { kind: 'symbols', plausible: knownMarks.test(text) };
  return { kind: 'letters', plausible: isWordLike(core, text) };
}

/** Dashes, bullets, leaders and the few signs that stand alone in print; a lone `|` is a rule line misread. */
const knownMarks =
  /^(?:[-–—−•·▪◦●○■□►✓*&+/=<>%§#@©®™→←↑↓…]|[.·_…-]{2,}|[()[\]{}"'“”‘’«»„,.;:!?]{1,2})$/u;

function isWordLike(core: string, text: string): boolean {
  if (/[@]|:\/\/|^www\./.test(text)) return true;
  if (!latinOnly.test(core)) return !anyLatin.test(core);
  const parts = core.split(partBreak).filter((part) => part !== '');
  if (parts.length === 1 && core.length === 1)
    return /[aeiouyà&]/i.test(core) || /^\p{Lu}/u.test(core);
  return parts.every(isPartWordLike);
}

const lower = /^\p{Ll}+$/u;
const upper = /^\p{Lu}+$/u;
const capitalised = /^\p{Lu}\p{Ll}+(?:\p{Lu}\p{Ll}+)*$/u;
const camel = /^(?:[ie]|\p{Ll}{2,})(?:\p{Lu}\p{Ll}+)+$/u;
const vowel = /[aeiouyæœøı]/i;
/** Longest run of consonants in ordinary words is seven ("Rechtsschutz"). */
const consonantPile = /[^aeiouyæœøı]{8}/i;
const longestAcronym = 6;

function isPartWordLike(part: string): boolean {
  const plain = part.normalize('NFD').replace(/\p{M}/gu, '');
  const letters = part.normalize('NFC').replace(/\p{M}/gu, '');
  if (plain.length <= 1) return true;
  const acronym = upper.test(letters) || /^\p{Lu}+s$/u.test(letters);
  if (!acronym && ![lower, capitalised, camel].some((shape) => shape.test(letters))) return false;
  if (acronym && plain.length <= longestAcronym) return true;
  if (/(.)\1\1/i.test(plain) || consonantPile.test(plain)) return false;
  return plain.length === 2 || vowel.test(plain);
}

const money = String.raw`[€$£¥₹]`;
const number = String.raw`[+\-−±~≈<>]?${money}?\d+(?:[.,'’·]\d+)*${money}?`;
const patterns = [
  // 12, 1,234.56, -3.5 %, €12.00, 12–15, 4x6, 1/2
  new RegExp(String.raw`^${number}(?:%|‰|°[CF]?)?(?:[-–—/:×x]${number}(?:%|‰|°[CF]?)?)*$`, 'u'),
  // dates and times: 2024-01-31, 31/1/24, 9:05:30, 8h30, 5pm
  /^\d{1,4}[-/.]\d{1,2}(?:[-/.]\d{1,4})?$/,
  /^\d{1,2}[:.h]\d{2}(?::\d{2})?(?:[ap]m)?(?:[-–—]\d{1,2}[:.h]\d{2}(?:[ap]m)?)?$/i,
  /^\d{1,2}[ap]m$/i,
  // ordinals, quantities with a unit, decades
  /^\d+(?:st|nd|rd|th|s|er|ère|e|o|a|º|ª)$/i,
  /^[+\-−]?\d+(?:[.,]\d+)*(?:[a-zµ]{1,4}[²³]?|[A-Z][a-z]{0,2})(?:\/[a-z]{1,3})?$/,
  // codes: A4, ISO9001, B-17/3, 3A, 12-AB-7; at least the letters are all capitals
  /^[A-Z0-9]+(?:[-/.:_][A-Z0-9]+)*$/,
  // a word with a footnote or number: figure2, H2O
  /^\p{L}{2,}[-.]?\d{1,4}$/u,
  /^\p{Lu}\p{Ll}?\d+(?:\p{Lu}\p{Ll}?\d*)*$/u,
  // addresses of the net, file names, versions
  /@|:\/\/|^www\.|\.[a-z]{2,4}$/i,
  /^v\d+(?:\.\d+)*$/i,
  // fractions, superscripts, circled and other numerals of Unicode
  /^[\p{No}\p{Nl}]+$/u,
];

/** Whether a token with digits has the form of a number, amount, date, time, ordinal, quantity, code or address. */
function isKnownPattern(text: string): boolean {
  const core = text.replace(/^[([{"'“‘„«#№§*]+|[)\]}"'”’»,;:.!?*†‡]+$/gu, '');
  // Letters that a recogniser confuses with digits, between digits: 2O19, 1l5.
  if (/\d[OolI|]\d|^[Ol|]\d+[.,]\d/.test(core)) return false;
  return patterns.some((pattern) => pattern.test(core));
}
