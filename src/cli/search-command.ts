import { Command, Option } from 'commander';
import { searchResultSchema } from '#features/search/index.ts';
import { openServer, serverOption } from './server-option.ts';
import { printJson, printLine, printMessage } from './terminal.ts';

interface SearchOptions {
  server?: string;
  order: string;
  limit: string;
  json?: true;
}

export function searchCommand(): Command {
  return new Command('search')
    .description('Search all pages of a running Docmill.')
    .argument('<words...>', 'words, "a phrase", or, -without')
    .addOption(
      new Option('--order <how>', 'which hits come first')
        .choices(['newest', 'relevance'])
        .default('newest'),
    )
    .option('--limit <number>', 'how many hits', '20')
    .option('--json', 'one JSON line per hit')
    .addOption(serverOption())
    .action(async (words: string[], options: SearchOptions) => {
      const client = openServer(options.server);
      const query = new URLSearchParams({
        q: words.join(' '),
        order: options.order,
        limit: options.limit,
      });
      const result = await client.get(`/v1/search?${query.toString()}`, searchResultSchema);
      for (const hit of result.items) {
        if (options.json) printJson(hit);
        else {
          const snippet = hit.snippet.map((piece) =>
            // The space before a hit belongs outside.
            piece.hit ? piece.text.replace(/\S.*/s, '[$&]') : piece.text,
          );
          printLine(`${hit.title}, page ${hit.pageNumber}  (${hit.documentId})`);
          printLine(`  ${snippet.join('')}`);
        }
      }
      const { value, exact } = result.count;
      printMessage(`${exact ? value : `${value}+`} ${value === 1 ? 'page' : 'pages'} found`);
    });
}
