import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { share, start } from './support/start.ts';
import { titled } from './support/titled.ts';

const contentModified = -32801;

describe('suppressing', { timeout: 600_000 }, () => {
  for (const scope of ['line', 'file'] as const) {
    it(`a finding for a ${scope} leaves a comment with a reason to fill in`, async (t) => {
      const { client, folder } = await share(t);
      const uri = folder.uri('a.ts');
      client.open(uri, 'const a = 1;\n  danger(a);\n');
      await client.untilCodes(uri, ['reliability/danger']);
      const actions = await client.actions(uri, client.rangeOf(uri, 'danger'));
      const where = scope === 'line' ? 'on this line' : 'in this file';
      client.apply(titled(actions, `Suppress reliability/danger ${where}, with a reason`).edit);
      await client.untilCodes(uri, []);
      assert.match(client.document(uri).getText(), /state who accepts this and why/);
    });
  }

  it('asks clients that can prompt, and writes the reason they bring', async (t) => {
    const { client, folder } = await start(t, { initializationOptions: { suppressWithPrompt: true } });
    const uri = folder.uri('a.ts');
    client.open(uri, 'danger(1);\n');
    const title = 'Suppress reliability/danger on this line, with a reason';
    const action = titled(await client.actions(uri, client.rangeOf(uri, 'danger')), title);
    assert.equal(action.edit, undefined);
    assert.equal(action.command?.command, 'airworthy.suppress');
    const [suppression] = action.command?.arguments ?? [];
    const apply = (reason: string) =>
      client.request('workspace/executeCommand', {
        command: 'airworthy.applySuppression',
        arguments: [{ ...suppression, reason }],
      });
    await assert.rejects(apply('  \n'), /reason/);
    await apply('accepted by\nAda: tested by hand');
    await client.untilCodes(uri, []);
    assert.match(client.document(uri).getText(), /accepted by Ada: tested by hand/);
    await assert.rejects(apply('again'), { code: contentModified });
  });
});
