// The list of keys is read by a library that the actions load only where it is needed; the command is one file.
import 'yaml';
import { check } from './check.ts';
import type { Command } from './command.ts';
import { config } from './config.ts';
import { doctor } from './doctor.ts';
import { explain } from './explain.ts';
import { keyEncode, keyHash, keyInspect } from './key.ts';
import { rotationRemind, rotationStatus } from './remind.ts';
import { rotationStamp } from './rotation.ts';
import { tokenJudge } from './token.ts';

/** Every command, in the order of the help. */
export const COMMANDS: readonly Command[] = [
  check,
  explain,
  keyEncode,
  keyInspect,
  keyHash,
  tokenJudge,
  config,
  doctor,
  rotationStatus,
  rotationRemind,
  rotationStamp,
];
