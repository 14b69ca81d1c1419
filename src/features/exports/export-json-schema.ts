import { z } from 'zod';

const fraction = z.number().min(0).max(1);
/** A box may hang over the edge by what rounding adds. */
const edge = z.number().min(-0.001).max(1.001);
const box = { x: edge, y: edge, width: edge, height: edge };
const word = z.strictObject({ text: z.string().min(1), ...box, confidence: fraction });
const wordIndex = z.int().min(0);

const zone = z.strictObject({
  kind: z.string().min(1),
  position: z.int().min(1),
  ...box,
  content: z.string(),
  confidence: fraction,
  tool: z.string().min(1),
  wordFrom: wordIndex,
  wordTo: z.int().min(-1),
  data: z.record(z.string(), z.unknown()).optional(),
});

/** One page of a `docmill/1` file, as pipeline/writers/json-writer.ts documents it. */
export const exportedPageSchema = z
  .strictObject({
    number: z.int().min(1),
    width: z.number().positive(),
    height: z.number().positive(),
    rotation: z.literal([0, 90, 180, 270]),
    text: z.string(),
    textSource: z.string().min(1),
    tool: z.string().min(1),
    confidence: fraction,
    warnings: z.array(z.string()),
    words: z.array(word),
    zones: z.array(zone),
  })
  .refine(({ zones, words }) => zones.every(({ wordTo }) => wordTo < words.length), {
    error: 'a zone names words that the page does not have',
    path: ['zones'],
  });

export const exportedDocumentSchema = z.strictObject({
  title: z.string().min(1),
  pageCount: z.int().min(0),
  mediaType: z.string().min(1),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  metadata: z.record(z.string(), z.string()),
  contents: z.record(z.string(), z.unknown()).nullable(),
});

export const provenanceSchema = z.strictObject({
  tools: z.array(z.string()),
  textSources: z.record(z.string(), z.int().min(0)),
  meanConfidence: fraction.nullable(),
  settings: z.record(z.string(), z.unknown()).nullable(),
});
