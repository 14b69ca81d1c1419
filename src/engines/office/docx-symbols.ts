/** Signs of the symbol fonts that documents use most, by font and code without its private prefix. */
const symbols: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  wingdings: {
    '28': '☎',
    '2a': '✉',
    '4a': '☺',
    '6c': '●',
    '6e': '■',
    '6f': '☐',
    a7: '▪',
    a8: '☐',
    d8: '➢',
    df: '←',
    e0: '→',
    fb: '✗',
    fc: '✓',
    fd: '☒',
    fe: '☑',
  },
  'wingdings 2': { '4f': '✗', '50': '✓', '52': '☑', '53': '☒', '54': '☒', a3: '☐' },
  symbol: {
    a3: '≤',
    a5: '∞',
    ae: '→',
    b0: '°',
    b1: '±',
    b3: '≥',
    b4: '×',
    b7: '•',
    b8: '÷',
    d7: '⋅',
  },
};

/** The sign that a symbol stands for; U+FFFD when the code alone does not say. `code` is hexadecimal. */
export function symbolOf(font: string | undefined, code: string | undefined): string {
  const value = Number.parseInt(code ?? '', 16);
  if (Number.isNaN(value) || value <= 0x20 || value > 0xffff) return '';
  const isPrivate = value >= 0xf000 && value <= 0xf0ff;
  const known = symbols[(font ?? '').toLowerCase()]?.[(value & 0xff).toString(16)];
  if (known !== undefined && (isPrivate || value <= 0xff)) return known;
  return isPrivate || (value >= 0xd800 && value <= 0xf8ff) ? '\ufffd' : String.fromCodePoint(value);
}
