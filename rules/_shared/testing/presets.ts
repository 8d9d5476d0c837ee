import { memberOf, type Setting } from './setting.ts';

/** Whether a configuration of Jest takes in a preset that may set anything; those of well-known packages bring transforms alone. */
export function hasUnknownPreset(config: Setting): boolean {
  const preset = memberOf(config, 'preset')?.value;
  if (preset === undefined) return false;
  const name = preset.kind === 'value' ? preset.value : undefined;
  return (
    typeof name !== 'string' ||
    !/^(?:ts-jest|jest-preset-angular|react-native|jest-expo|@shelf\/|jest-puppeteer|@vue\/cli-plugin-unit-jest)/.test(
      name,
    )
  );
}
