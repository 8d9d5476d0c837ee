import { ConfigurationRequest, DidChangeConfigurationNotification, RegistrationRequest } from 'vscode-languageserver';
import { settingsSection } from '#protocol/messages.ts';
import type { ServerContext } from '../context.ts';
import { asArray, asObject, asSettings } from '../convert/fromLsp.ts';
import { toUri } from '../convert/uris.ts';
import type { Folder } from '../session.ts';

/** Takes settings from the editor, at start and whenever they change. */
export function register(ctx: ServerContext): void {
  const { connection, session } = ctx;
  let ready = false;

  /** Asks for the settings of folders, and of documents outside all of them. */
  async function pull(folders: readonly Folder[]): Promise<void> {
    const items = [...folders.map(({ root }) => ({ scopeUri: toUri(root) })), {}];
    const answer: unknown = await connection.sendRequest(ConfigurationRequest.method, {
      items: items.map((item) => ({ ...item, section: settingsSection })),
    });
    const sections = asArray(answer);
    for (const [index, { root }] of folders.entries()) configure(root, sections[index]);
    configure('loose', sections[folders.length]);
  }

  function configure(root: string | 'loose', section: unknown): void {
    const settings = asSettings(section);
    const changed = session.configure(root, settings);
    for (const folder of changed) {
      // What is shown may depend on the settings alone, without any new analysis.
      for (const path of folder.workspace.paths()) ctx.publisher.update(path);
    }
  }

  ctx.onInitialize((_capabilities, { initializationOptions }) => {
    session.defaults = asSettings(asObject(initializationOptions)?.['settings']);
  });
  ctx.onInitialized(async () => {
    ready = true;
    if (ctx.client.configurationRegistration) {
      await connection.sendRequest(RegistrationRequest.method, {
        registrations: [
          {
            id: 'airworthy.configuration',
            method: DidChangeConfigurationNotification.method,
            registerOptions: { section: settingsSection },
          },
        ],
      });
    }
    if (ctx.client.configuration) await pull(session.folders.filter((folder) => !folder.loose));
  });
  session.onDidAddFolder((folder) => {
    if (!ready || folder.loose || !ctx.client.configuration) return;
    pull([folder]).catch((error: unknown) => ctx.log(`No settings for ${folder.root}: ${String(error)}`));
  });

  connection.onNotification(DidChangeConfigurationNotification.method, async (params: unknown) => {
    const folders = session.folders.filter((folder) => !folder.loose);
    if (ctx.client.configuration) return pull(folders);
    const section = asObject(asObject(params)?.['settings'])?.[settingsSection];
    for (const { root } of folders) configure(root, section);
    configure('loose', section);
  });
}
