import { enableCompileCache } from 'node:module';

// Before anything else is loaded: stripping types of the whole program costs a second without it.
enableCompileCache();
const { runCommandLine } = await import('./cli/command-line.ts');
await runCommandLine(process.argv);
