import { DidChangeWatchedFilesNotification, RegistrationRequest } from 'vscode-languageserver';
import { folderOf, nameOf } from '#engine/document/paths.ts';
import type { ServerContext } from '../context.ts';
import { toUri } from '../convert/uris.ts';

/**
 * Has the client watch config files that lie outside all workspace folders, where its watchers do not look: a file may
 * extend another anywhere on the disk. Those inside are watched like all files.
 */
export function register(ctx: ServerContext): void {
  const { connection, session, analysis } = ctx;
  const asked = new Set<string>();

  analysis.onDidAnalyze(({ folder }) => {
    if (!ctx.client.watchRegistration || !ctx.client.watchElsewhere) return;
    const outside = [...folder.workspace.configSources()].filter(
      (path) => !asked.has(path) && (session.folderOf(path)?.loose ?? true),
    );
    if (outside.length === 0) return;
    for (const path of outside) asked.add(path);
    const watchers = outside.map((path) => ({
      globPattern: { baseUri: toUri(folderOf(path)), pattern: nameOf(path) },
    }));
    const registration = {
      id: `airworthy.settings.${asked.size}`,
      method: DidChangeWatchedFilesNotification.method,
      registerOptions: { watchers },
    };
    connection
      .sendRequest(RegistrationRequest.method, { registrations: [registration] })
      .catch((error: unknown) => ctx.log(`Cannot watch ${outside.join(', ')}: ${String(error)}`));
  });
}
