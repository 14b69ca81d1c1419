/** The process in which text files are read. It serves one host and never outlives it. */
import { serveFlow } from '../flow/serve-flow.ts';
import { readTextFile } from './text-document.ts';

serveFlow(readTextFile);
