import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { ts } from '#engine/ts.ts';
import { bypasses } from '#rules/_shared/auth/bypasses/bypasses.ts';
import { type Holder, holdersOf } from '#rules/_shared/auth/bypasses/holders.ts';
import { holdersOfMentions } from '#rules/_shared/auth/bypasses/holdersOfMentions.ts';
import { switchKind } from '#rules/_shared/auth/bypasses/switchNames.ts';
import type { FileView } from '#rules/_shared/sourceView.ts';
import { nodesOf, sourceView } from './sourceView.ts';

const fixtures = new URL('../../../rules/security/env-auth-bypass/fixtures/', import.meta.url);

/** Variables named for switching a check off that the conditions of a file let somebody past one by. */
function variables(holders: readonly Holder[], source: FileView): readonly string[] {
  const names = [...bypasses(holders, source)].map(({ name }) => name).filter(isSwitch);
  return [...new Set(names)].sort();
}

function isSwitch(name: string): boolean {
  return /^[A-Z][A-Z0-9_]+$/.test(name) && switchKind(name) === 'bypass';
}

function isMention(node: ts.Node): node is ts.Identifier | ts.StringLiteral {
  return (ts.isIdentifier(node) || ts.isStringLiteral(node)) && isSwitch(node.text);
}

test('conditions found by the names of variables tell of the same bypasses as all conditions of a file', () => {
  let found = 0;
  for (const name of readdirSync(fixtures)) {
    const source = sourceView(readFileSync(new URL(name, fixtures), 'utf8'), `/w/${name}x`);
    const all = variables(holdersOf(source.file), source);
    const mentioned = holdersOfMentions(nodesOf(source.file, isMention), source.file);
    assert.deepEqual(variables(mentioned, source), all, name);
    found += all.length;
  }
  assert.ok(found > 20, `${found} variables in all fixtures`);
});
