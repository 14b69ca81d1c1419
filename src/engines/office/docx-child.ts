/** The process in which Word documents are parsed. It serves one host and never outlives it. */
import { serveFlow } from '../flow/serve-flow.ts';
import { readDocxFile } from './docx-document.ts';

serveFlow(readDocxFile);
