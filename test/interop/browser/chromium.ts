import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { isRoot } from '../proxies/debian-program.ts';
import { type DebianProgram, debianClosure, debianProgram, npmPackage, run } from '../tools.ts';

const PLAYWRIGHT = '1.65.1';

/** What is used of playwright-core, which is fetched for this suite alone. */
export interface Browser {
  newContext(options: {
    javaScriptEnabled: boolean;
    colorScheme: 'light' | 'dark';
    viewport: { width: number; height: number };
  }): Promise<BrowserContext>;
  version(): string;
  close(): Promise<void>;
}

interface BrowserContext {
  newPage(): Promise<Page>;
  close(): Promise<void>;
}

export interface Page {
  on(event: 'request', listener: (request: { url(): string }) => void): void;
  on(event: 'console', listener: (message: { text(): string }) => void): void;
  on(event: 'pageerror', listener: (error: Error) => void): void;
  goto(address: string): Promise<unknown>;
  innerText(selector: string): Promise<string>;
  evaluate<Result>(expression: string): Promise<Result>;
}

interface Playwright {
  chromium: {
    launch(options: { executablePath: string; args: string[]; env: NodeJS.ProcessEnv }): Promise<Browser>;
  };
}

/** The browser of this machine, else that of Debian, unpacked. */
export async function startChromium(cache: string, temporary: string): Promise<Browser> {
  const folder = await npmPackage(cache, 'playwright-core', PLAYWRIGHT);
  const { chromium } = (await import(pathToFileURL(path.join(folder, 'index.mjs')).href)) as Playwright;
  const { file, environment } = await chromiumProgram(cache, temporary);
  return await chromium.launch({
    executablePath: file,
    args: ['--disable-gpu', ...(isRoot ? ['--no-sandbox'] : [])],
    env: { ...environment, HOME: temporary },
  });
}

async function chromiumProgram(cache: string, temporary: string): Promise<Pick<DebianProgram, 'file' | 'environment'>> {
  const installed = await run('sh', ['-c', 'command -v chromium']);
  if (installed.exitCode === 0) {
    return { file: installed.stdout.trim(), environment: process.env };
  }
  const packages = await debianClosure('chromium');
  const { root, file, environment } = await debianProgram(cache, packages, 'usr/lib/chromium/chromium', '--version');
  const fonts = path.join(temporary, 'fonts.conf');
  writeFileSync(
    fonts,
    `<?xml version="1.0"?><fontconfig><dir>${root}/usr/share/fonts</dir><dir>/usr/share/fonts</dir><cachedir>${temporary}/fonts</cachedir></fontconfig>`,
  );
  return { file, environment: { ...environment, FONTCONFIG_FILE: fonts } };
}
