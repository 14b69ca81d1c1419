/** The named characters of HTML 4 from U+00A0 on, in order of their codes. */
const latin1 =
  'nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn sup2 sup3 acute ' +
  'micro para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest Agrave Aacute Acirc Atilde Auml Aring AElig ' +
  'Ccedil Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash ' +
  'Ugrave Uacute Ucirc Uuml Yacute THORN szlig agrave aacute acirc atilde auml aring aelig ccedil egrave eacute ecirc ' +
  'euml igrave iacute icirc iuml eth ntilde ograve oacute ocirc otilde ouml divide oslash ugrave uacute ucirc uuml ' +
  'yacute thorn yuml';
const greek =
  'Alpha Beta Gamma Delta Epsilon Zeta Eta Theta Iota Kappa Lambda Mu Nu Xi Omicron Pi Rho _ Sigma Tau Upsilon Phi Chi ' +
  'Psi Omega _ _ _ _ _ _ _ alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho ' +
  'sigmaf sigma tau upsilon phi chi psi omega';

const named = new Map<string, string>([
  ...numbered(latin1, 0xa0),
  ...numbered(greek, 0x391),
  ...pairs(
    'amp& lt< gt> quot" apos\' OElig\u0152 oelig\u0153 Scaron\u0160 scaron\u0161 Yuml\u0178 fnof\u0192',
  ),
  ...pairs(
    'circ\u02c6 tilde\u02dc ensp\u2002 emsp\u2003 thinsp\u2009 zwnj\u200c zwj\u200d lrm\u200e rlm\u200f',
  ),
  ...pairs(
    'ndash\u2013 mdash\u2014 lsquo\u2018 rsquo\u2019 sbquo\u201a ldquo\u201c rdquo\u201d bdquo\u201e',
  ),
  ...pairs(
    'dagger\u2020 Dagger\u2021 bull\u2022 hellip\u2026 permil\u2030 prime\u2032 Prime\u2033 lsaquo\u2039',
  ),
  ...pairs(
    'rsaquo\u203a oline\u203e frasl\u2044 euro\u20ac image\u2111 weierp\u2118 real\u211c trade\u2122',
  ),
  ...pairs(
    'larr\u2190 uarr\u2191 rarr\u2192 darr\u2193 harr\u2194 crarr\u21b5 lArr\u21d0 rArr\u21d2 hArr\u21d4',
  ),
  ...pairs(
    'forall\u2200 part\u2202 exist\u2203 empty\u2205 nabla\u2207 isin\u2208 notin\u2209 ni\u220b prod\u220f',
  ),
  ...pairs(
    'sum\u2211 minus\u2212 radic\u221a prop\u221d infin\u221e ang\u2220 and\u2227 or\u2228 cap\u2229 cup\u222a',
  ),
  ...pairs(
    'int\u222b sim\u223c cong\u2245 asymp\u2248 ne\u2260 equiv\u2261 le\u2264 ge\u2265 sub\u2282 sup\u2283',
  ),
  ...pairs(
    'loz\u25ca spades\u2660 clubs\u2663 hearts\u2665 diams\u2666 check\u2713 star\u2606 phone\u260e',
  ),
]);

/** Character references to C1 codes mean Windows-1252 in every browser (HTML standard, 13.2.5.80). */
const c1 = new TextDecoder('windows-1252');

/** Replaces character references; one that is not known stays as it is. Nothing is ever expanded twice. */
export function decodeEntities(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(/&(?:#x([0-9a-f]{1,8})|#(\d{1,9})|([a-z][a-z0-9]{1,15}));?/gi, decodeOne);
}

function decodeOne(
  whole: string,
  hex: string | undefined,
  decimal: string | undefined,
  name: string | undefined,
): string {
  if (name !== undefined) {
    // Without its semicolon a name may be part of an address, as in ?a=1&copy=2.
    return (whole.endsWith(';') ? named.get(name) : undefined) ?? whole;
  }
  const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
  if (code === 0 || code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)) return '\ufffd';
  return code >= 0x80 && code <= 0x9f ? c1.decode(Uint8Array.of(code)) : String.fromCodePoint(code);
}

function numbered(names: string, first: number): [string, string][] {
  return names.split(' ').map((name, index) => [name, String.fromCodePoint(first + index)]);
}

/** Names with their character behind them. */
function pairs(text: string): [string, string][] {
  return text.split(' ').map((pair) => [pair.slice(0, -1), pair.slice(-1)]);
}
