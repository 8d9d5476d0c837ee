import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { startServer } from './server.ts';

// Over IPC nothing else notices at once when the client is gone; over stdio the end of the input does.
process.once('disconnect', () => process.exit(1));

startServer(createConnection(ProposedFeatures.all));
