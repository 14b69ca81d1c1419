import { factsOfDocument } from '../document-facts.ts';
import { findRunningZones } from '../running-titles.ts';
import type { Stage } from '../stage.ts';

/**
 * The last stage of a job, over all its pages: checks that they are complete, sums them up, and finds
 * the type and the language of the document, and the headers and footers of its pages.
 * Throws RangeError when the caller does not hand over what was read.
 */
export const validateStage: Stage = {
  name: 'validate',
  version: 3,
  async run({ pageTo, soFar, settings }, { logger }) {
    if (soFar === undefined) throw new RangeError('validate needs the facts of the pages read');
    const facts = factsOfDocument(pageTo, soFar.metadata, soFar.pages, soFar.samples);
    if (facts.missingPages.length > 0) {
      logger.error({ missingPages: facts.missingPages }, 'pipeline.pages_missing');
    }
    const running = findRunningZones(soFar.edges ?? []);
    return { pages: [], next: [], facts: { ...facts, settings }, running };
  },
};
