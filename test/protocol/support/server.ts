/** The language server with the rules of the protocol tests. Everything but the rules is what users run. */
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { nodeEnvironment } from '#server/environment.ts';
import { startServer } from '#server/server.ts';
import { testRules } from './rules.ts';

startServer(createConnection(ProposedFeatures.all), nodeEnvironment(testRules));
