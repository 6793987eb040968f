#!/usr/bin/env node
import { turnOffReports } from '../github/runner-files.ts';
import { COMMANDS } from './commands.ts';
import { runProgram } from './program.ts';
import { systemTerminal } from './terminal.ts';

/** A crash prints no stack and no message: either could hold what was typed. */
function crash(): never {
  process.stderr.write(
    'union-auth failed in a way that it does not know. Please report how it was called, without any secret.\n',
  );
  process.exit(1);
}

turnOffReports();
// Whoever reads has read enough.
process.stdout.on('error', () => process.exit(0));
process.on('uncaughtException', crash);
process.on('unhandledRejection', crash);
// A command that only has nothing left to wait for has not ended, and would exit with 0.
process.on('beforeExit', crash);
void runProgram(process.argv.slice(2), COMMANDS, systemTerminal).then((code) => {
  process.off('beforeExit', crash);
  process.exitCode = code;
});
