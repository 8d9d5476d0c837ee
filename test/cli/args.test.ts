import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type CommandSpec, readArguments } from '#cli/args.ts';
import { UsageError } from '#cli/usageError.ts';

const spec: CommandSpec = {
  name: 'check',
  usage: '[paths...]',
  summary: '',
  positionals: 2,
  options: {
    format: { type: 'string', value: 'name', choices: ['pretty', 'json'], help: '' },
    rule: { type: 'string', value: 'id', multiple: true, help: '' },
    fix: { type: 'boolean', help: '' },
  },
};

test('reads options in every usual spelling', () => {
  const args = readArguments(spec, ['a', '--rule=x', '--fix', '--rule', 'y,z', '--format', 'json', '--', '--b']);
  assert.deepEqual(args.positionals, ['a', '--b']);
  assert.deepEqual(args.values('rule'), ['x', 'y', 'z']);
  assert.equal(args.value('format'), 'json');
  assert.deepEqual([args.has('fix'), args.has('help')], [true, false]);
  assert.equal(readArguments(spec, ['--format=json', '--format=pretty']).value('format'), 'pretty');
  assert.equal(readArguments(spec, ['-h']).has('help'), true);
});

test('refuses what it does not know, and says what was meant', () => {
  const wrong: readonly (readonly [readonly string[], RegExp])[] = [
    [['--fromat', 'json'], /no option --fromat\. Did you mean "--format"\?/],
    [['--constructor'], /no option --constructor/],
    [['-x'], /no option -x/],
    [['--format', 'jsn'], /--format does not know "jsn"\. Did you mean "json"\?/],
    [['--format', 'yaml'], /Choose one of: pretty, json/],
    [['--fix=yes'], /--fix does not take a value/],
    [['--rule'], /--rule needs a value: --rule <id>/],
    [['--rule', '--fix'], /--rule needs a value/],
    [['--rule='], /--rule needs a value/],
    [['a', 'b', 'c'], /does not take "c"/],
  ];
  for (const [args, message] of wrong) {
    assert.throws(
      () => readArguments(spec, args),
      (error) => error instanceof UsageError && message.test(error.message),
      args.join(' '),
    );
  }
});
