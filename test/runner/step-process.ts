import { spawn } from 'node:child_process';

export interface ProcessResult {
  exitCode: number;
  stdout: string;
  stderr: string;
  hasTimedOut: boolean;
  durationMs: number;
}

export interface ProcessOptions {
  file: string;
  arguments: string[];
  cwd: string;
  environment: Record<string, string>;
  timeoutMs: number;
}

/** What a shell reports for a process that was killed. */
const killedExitCode = 137;

/** Runs a process to its end without blocking, so that a test's own servers can answer it. */
export function runProcess(options: ProcessOptions): Promise<ProcessResult> {
  return new Promise((resolve, reject) => {
    const start = performance.now();
    const child = spawn(options.file, options.arguments, {
      cwd: options.cwd,
      env: options.environment,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const stdout: Buffer[] = [];
    const stderr: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk));

    let hasTimedOut = false;
    const timer = setTimeout(() => {
      hasTimedOut = true;
      child.kill('SIGKILL');
      // A process that it started may hold the pipes open: don't wait for that one.
      child.stdout.destroy();
      child.stderr.destroy();
    }, options.timeoutMs);

    child.on('error', (error) => {
      clearTimeout(timer);
      reject(error);
    });
    child.on('close', (exitCode) => {
      clearTimeout(timer);
      resolve({
        exitCode: exitCode ?? killedExitCode,
        stdout: Buffer.concat(stdout).toString('utf8'),
        stderr: Buffer.concat(stderr).toString('utf8'),
        hasTimedOut,
        durationMs: performance.now() - start,
      });
    });
  });
}
