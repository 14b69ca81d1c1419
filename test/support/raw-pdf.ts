/** One object of a hand-written PDF: its dictionary, and the bytes of its stream if it has one. */
export interface RawObject {
  dictionary: string;
  stream?: Uint8Array;
}

/**
 * A PDF of hand-written objects, numbered from 1; the first one is the catalog. `trailer` is added to the
 * trailer, whose own keys are `/Root` and `/Size`.
 */
export function assemblePdf(objects: readonly (string | RawObject)[], trailer = ''): Buffer {
  const parts: Buffer[] = [Buffer.from('%PDF-1.7\n')];
  const offsets: number[] = [];
  let length = parts[0]?.length ?? 0;
  const add = (part: Buffer): void => {
    parts.push(part);
    length += part.length;
  };
  objects.forEach((object, index) => {
    const { dictionary, stream } = typeof object === 'string' ? { dictionary: object } : object;
    offsets.push(length);
    add(Buffer.from(`${index + 1} 0 obj\n${withLength(dictionary, stream)}\n`));
    if (stream !== undefined) {
      add(Buffer.concat([Buffer.from('stream\n'), stream, Buffer.from('\nendstream\n')]));
    }
    add(Buffer.from('endobj\n'));
  });
  const rows = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  const size = offsets.length + 1;
  return Buffer.concat([
    ...parts,
    Buffer.from(
      `xref\n0 ${size}\n0000000000 65535 f \n${rows}trailer\n<</Root 1 0 R/Size ${size}${trailer}>>\n` +
        `startxref\n${length}\n%%EOF\n`,
    ),
  ]);
}

function withLength(dictionary: string, stream: Uint8Array | undefined): string {
  if (stream === undefined || dictionary.includes('/Length')) return dictionary;
  return dictionary.replace(/>>$/, `/Length ${stream.length}>>`);
}

const font = '/Font<</F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>';

/** A document of one page that says "Hello hostile world", with further keys and objects (numbered from 5). */
export function oddPdf(
  odd: {
    catalog?: string;
    page?: string;
    resources?: string;
    content?: string;
    mediaBox?: string;
    more?: readonly (string | RawObject)[];
    trailer?: string;
  } = {},
): Buffer {
  const content = odd.content ?? '';
  return assemblePdf(
    [
      `<</Type/Catalog/Pages 2 0 R${odd.catalog ?? ''}>>`,
      '<</Type/Pages/Kids[3 0 R]/Count 1>>',
      `<</Type/Page/Parent 2 0 R/MediaBox[${odd.mediaBox ?? '0 0 612 792'}]/Contents 4 0 R` +
        `/Resources<<${font}${odd.resources ?? ''}>>${odd.page ?? ''}>>`,
      {
        dictionary: '<<>>',
        stream: Buffer.from(`BT /F1 24 Tf 72 700 Td (Hello hostile world) Tj ET\n${content}`),
      },
      ...(odd.more ?? []),
    ],
    odd.trailer,
  );
}
