import {
  DidChangeWatchedFilesNotification,
  DidCreateFilesNotification,
  DidDeleteFilesNotification,
  DidRenameFilesNotification,
  RegistrationRequest,
  WatchKind,
} from 'vscode-languageserver';
import { nameOf } from '#engine/document/paths.ts';
import type { ServerContext } from '../context.ts';
import { asArray, asObject } from '../convert/fromLsp.ts';
import { toPath } from '../convert/uris.ts';

/** Milliseconds over which changes on disk are gathered: a checkout makes thousands of them. */
const QUIET = 50;

/**
 * Changes of these matter. Two patterns, because not every editor reads braces within braces. The list is the watcher's;
 * whether a file is analysed is decided by the engine.
 */
const watched = [
  '**/*.{ts,tsx,mts,cts,js,jsx,mjs,cjs,json,jsonc,yml,yaml,html,htm,md,markdown,prisma,dockerfile,containerfile,env,json5,dockerignore,containerignore,sh,bash,mk}',
  '**/{Dockerfile,Dockerfile.*,Containerfile,Containerfile.*,Makefile,makefile,GNUmakefile,.env,.env.*,.eslintrc,.gitignore,.dockerignore,.containerignore}',
];

/** Follows what happens to files that are not open, whoever does it. */
export function register(ctx: ServerContext): void {
  const { connection, session, discovery, environment } = ctx;
  const touched = new Set<string>();
  let timer: NodeJS.Timeout | undefined;

  ctx.onInitialize((capabilities) => {
    const everything = { filters: [{ scheme: 'file', pattern: { glob: '**/*' } }] };
    capabilities.workspace = {
      ...capabilities.workspace,
      fileOperations: { didCreate: everything, didRename: everything, didDelete: everything },
    };
  });
  ctx.onInitialized(async () => {
    if (!ctx.client.watchRegistration) return;
    const watchers = [
      // When a folder comes or goes, some watchers name the folder alone.
      { globPattern: '**/*', kind: WatchKind.Create | WatchKind.Delete },
      ...watched.map((globPattern) => ({ globPattern, kind: WatchKind.Change })),
    ];
    const registration = { id: 'airworthy.files', method: DidChangeWatchedFilesNotification.method };
    await connection.sendRequest(RegistrationRequest.method, {
      registrations: [{ ...registration, registerOptions: { watchers } }],
    });
  });
  ctx.onShutdown({ dispose: () => clearTimeout(timer) });

  connection.onNotification(DidChangeWatchedFilesNotification.method, (params: unknown) => {
    for (const change of asArray(asObject(params)?.['changes'])) {
      touch(asObject(change)?.['uri']);
    }
  });
  connection.onNotification(DidCreateFilesNotification.method, (params: unknown) => touchAll(params, ['uri']));
  connection.onNotification(DidDeleteFilesNotification.method, (params: unknown) => touchAll(params, ['uri']));
  connection.onNotification(DidRenameFilesNotification.method, (params: unknown) =>
    touchAll(params, ['oldUri', 'newUri']),
  );
  // For clients without watchers: configuration that is saved in the editor counts at once.
  session.onDidSave((path) => {
    if (isConfiguration(path) || isSource(path)) touchPath(path);
  });

  function touchAll(params: unknown, keys: readonly string[]): void {
    for (const file of asArray(asObject(params)?.['files'])) for (const key of keys) touch(asObject(file)?.[key]);
  }

  function touch(uri: unknown): void {
    const path = toPath(uri);
    if (path !== undefined) touchPath(path);
  }

  function touchPath(path: string): void {
    if (isInsideTools(path) && !isSource(path)) return;
    touched.add(path);
    timer ??= setTimeout(flush, QUIET);
  }

  function flush(): void {
    timer = undefined;
    const paths = [...touched];
    touched.clear();
    // What is there now counts, not what was said: a file that is replaced may be reported as deleted.
    const files = paths.filter((path) => environment.host.isFile(path));
    const folders = paths.filter((path) => environment.host.isFolder(path));
    const gone = paths.filter((path) => !files.includes(path) && !folders.includes(path));
    if (gone.length > 0) discovery.removed(gone);
    for (const folder of session.folders) folder.workspace.presenceChanged();
    reconfigure([...files, ...gone]);
    discovery.changed(files);
    for (const folder of folders) {
      discovery.appeared(folder).catch((error: unknown) => ctx.log(`Cannot list ${folder}: ${String(error)}`));
    }
  }

  /** Whether settings were taken from a file, whatever it is called. */
  function isSource(path: string): boolean {
    return session.folders.some((folder) => folder.workspace.configSources().has(path));
  }

  /** Reads settings and packages anew for the folders that these paths say something about. */
  function reconfigure(paths: readonly string[]): void {
    for (const folder of session.folders) {
      const problems = folder.workspace.configProblems().map((problem) => problem.path);
      const sources = folder.workspace.configSources();
      const own = paths.filter(
        (path) =>
          problems.includes(path) ||
          sources.has(path) ||
          (isConfiguration(path) && (isBelow(path, folder.root) || isAbove(path, folder.root))),
      );
      if (own.length === 0) continue;
      folder.workspace.reconfigure();
      for (const path of problems) ctx.publisher.update(path);
      if (!folder.loose && own.some((path) => nameOf(path) === '.gitignore')) void discovery.scan(folder);
    }
  }
}

function isConfiguration(path: string): boolean {
  return /^(?:airworthy(?:\..+)?\.json|package\.json|[tj]sconfig(?:\..+)?\.json|\.gitignore)$/.test(nameOf(path));
}

function isBelow(path: string, root: string): boolean {
  return path.startsWith(root === '/' ? '/' : `${root}/`);
}

/** In a folder above the root, where settings and packages are looked for as well. */
function isAbove(path: string, root: string): boolean {
  return isBelow(root, path.slice(0, path.lastIndexOf('/')) || '/');
}

/** Folders that tools write to all the time and nobody wants analysed. */
function isInsideTools(path: string): boolean {
  return /\/(?:node_modules|\.git)\//.test(path);
}
