/**
 * The language server with the rules of the protocol tests, which says when it walks a folder. Everything else is what
 * users run.
 */
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { nodeEnvironment } from '#server/environment.ts';
import { startServer } from '#server/server.ts';
import { testRules } from './rules.ts';
import { walkNotification } from './walkNotification.ts';

const connection = createConnection(ProposedFeatures.all);
const environment = nodeEnvironment(testRules);
startServer(connection, {
  ...environment,
  discover(root, signal) {
    // For tests of what comes before and after it.
    void connection.sendNotification(walkNotification, { root });
    return environment.discover(root, signal);
  },
});
