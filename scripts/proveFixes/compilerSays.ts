import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { getLibFiles, ts } from '#engine/ts.ts';

/** About packages that are not installed, and their types: that says nothing about a fix. */
const UNRESOLVED = new Set([2307, 2792, 2875, 7016]);

const LIBRARIES = '/lib';
const libraries = new Map(getLibFiles().map(({ fileName, text }) => [`${LIBRARIES}/${fileName}`, text]));

const fallback: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  allowJs: true,
  esModuleInterop: true,
  jsx: ts.JsxEmit.Preserve,
  experimentalDecorators: true,
};

/** Options of the nearest tsconfig.json, as far as they matter to a check of single files. */
function optionsFor(path: string): ts.CompilerOptions {
  const config = ts.findConfigFile(dirname(path), existsSync);
  const given =
    config === undefined
      ? fallback
      : (ts.getParsedCommandLineOfConfigFile(config, {}, { ...ts.sys, onUnRecoverableConfigFileDiagnostic: () => {} })
          ?.options ?? fallback);
  return { ...given, noEmit: true, skipLibCheck: true, incremental: false, composite: false };
}

/**
 * What the compiler says about a file, syntax included, without places, because a fix moves text. `text` stands in for what
 * is on disk.
 */
export function compilerSays(path: string, text: string): readonly string[] {
  const options = optionsFor(path);
  const host = ts.createCompilerHost(options, true);
  const { getSourceFile, readFile, fileExists } = host;
  host.readFile = (name) => (name === path ? text : (libraries.get(name) ?? readFile.call(host, name)));
  host.fileExists = (name) => name === path || libraries.has(name) || fileExists.call(host, name);
  host.getSourceFile = (name, version, ...rest) => {
    const own = name === path ? text : libraries.get(name);
    return own === undefined
      ? getSourceFile.call(host, name, version, ...rest)
      : ts.createSourceFile(name, own, version, true);
  };
  host.getDefaultLibFileName = (given) => `${LIBRARIES}/${ts.getDefaultLibFileName(given)}`;
  host.getDefaultLibLocation = () => LIBRARIES;
  const program = ts.createProgram({ rootNames: [path], options, host });
  const file = program.getSourceFile(path);
  return [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)]
    .filter(({ code }) => !UNRESOLVED.has(code))
    .map(({ code, messageText }) => `TS${code} ${ts.flattenDiagnosticMessageText(messageText, ' ')}`);
}
