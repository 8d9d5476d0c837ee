import { commands, type Disposable, type LogOutputChannel } from 'vscode';

export const showOutputCommand = 'airworthy.showOutput';

export const registerShowOutput = (output: LogOutputChannel): Disposable =>
  commands.registerCommand(showOutputCommand, () => output.show());
