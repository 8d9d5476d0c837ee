import type { Command } from '../command.ts';
import { UsageError } from '../usageError.ts';

export const lsp: Command = {
  spec: {
    name: 'lsp',
    usage: '--stdio',
    summary: 'Starts the language server for an editor.',
    positionals: 0,
    options: {
      stdio: { type: 'boolean', help: 'Speaks the Language Server Protocol over standard input and output.' },
    },
  },

  async run(args) {
    if (!args.has('stdio')) throw new UsageError('Say how editors reach the server: airworthy lsp --stdio.');
    // Loaded late: no other command needs the protocol. It reads --stdio from the arguments and runs until its client leaves.
    await import('#server/main.ts');
    return undefined;
  },
};
