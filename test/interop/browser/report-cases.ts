import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { DoctorReport } from '../../../src/deployment/doctor/doctor-report.ts';
import { doctorHtml } from '../../../src/report/doctor-html.ts';
import { examine, examineFault, withLab } from '../../deployment/examination.ts';
import { FAULTS } from '../../deployment/faults.ts';
import { reportWith } from '../../report/doctor-reports.ts';
import { HOSTILE } from '../../report/hostile.ts';
import type { Counterpart } from '../suite.ts';
import type { Browser, Page } from './chromium.ts';

const DATE = '2026-11-26';
/** A telephone, and a desk. */
const WIDTHS = [400, 1280];
/** Text that no line can break at. */
const UNBROKEN = 'x'.repeat(400);

/** Opens each kind of report in each way, and looks at what a reader would see. */
export async function proveReports(row: Counterpart, browser: Browser, temporary: string): Promise<void> {
  const fault = FAULTS.find(({ code }) => code === 'idp/invalid-scope');
  assert.ok(fault);
  const reports: Record<string, DoctorReport> = {
    'a deployment without a fault': await withLab({}, async (lab) => (await examine(lab)).report),
    'a deployment with a fault': await examineFault(fault),
    'hostile texts': reportWith(HOSTILE),
    'texts without a space': reportWith(UNBROKEN),
  };
  for (const [name, report] of Object.entries(reports)) {
    const file = path.join(temporary, `${name.replaceAll(' ', '-')}.html`);
    writeFileSync(file, doctorHtml(report, DATE));
    for (const javaScriptEnabled of [false, true]) {
      for (const colorScheme of ['light', 'dark'] as const) {
        const title = `${name}, scripts ${javaScriptEnabled ? 'on' : 'off'}, ${colorScheme}`;
        await row.case(title, () => openAndLook(browser, file, report, { javaScriptEnabled, colorScheme }));
      }
    }
  }
}

interface Way {
  readonly javaScriptEnabled: boolean;
  readonly colorScheme: 'light' | 'dark';
}

async function openAndLook(browser: Browser, file: string, report: DoctorReport, way: Way): Promise<void> {
  const address = pathToFileURL(file).href;
  for (const width of WIDTHS) {
    const context = await browser.newContext({ ...way, viewport: { width, height: 900 } });
    try {
      const page = await context.newPage();
      const noise: string[] = [];
      page.on('request', (request) => noise.push(...(request.url() === address ? [] : [`asked for ${request.url()}`])));
      page.on('console', (message) => noise.push(`said ${message.text()}`));
      page.on('pageerror', (error) => noise.push(`failed with ${error.message}`));
      await page.goto(address);
      assertShows(await page.innerText('body'), report);
      await assertFits(page, width);
      await assertColours(page, way.colorScheme);
      assert.deepEqual(noise, []);
    } finally {
      await context.close();
    }
  }
}

function assertShows(shown: string, { rows }: DoctorReport): void {
  const plain = plainly(shown);
  for (const { check, seen, finding } of rows) {
    for (const text of [check, seen, finding?.code ?? '']) {
      assert.ok(plain.includes(plainly(text)), `it does not show ${text.slice(0, 60)}`);
    }
  }
}

/** A page joins white space, and its style may set letters large. */
function plainly(text: string): string {
  return text.replace(/\s+/g, ' ').trim().toLowerCase();
}

async function assertFits(page: Page, width: number): Promise<void> {
  const right = await page.evaluate<number>(
    'Math.max(document.documentElement.scrollWidth, ...[...document.querySelectorAll("main *")].filter((element) => !element.closest("thead")).map((element) => element.getBoundingClientRect().right))',
  );
  assert.ok(right <= width, `at ${width} pixels it reaches ${right}`);
}

/** Light on dark or dark on light, with a contrast that can be read (WCAG 2.2, 1.4.3: 4.5 to 1). */
async function assertColours(page: Page, scheme: 'light' | 'dark'): Promise<void> {
  const colours = await page.evaluate<[string, string][]>(
    '[...document.querySelectorAll("h1, td, tbody th, .badge, .verdict, .facts, code, dd, a")].map((element) => { let behind = element; while (getComputedStyle(behind).backgroundColor === "rgba(0, 0, 0, 0)" && behind.parentElement) { behind = behind.parentElement; } return [getComputedStyle(element).color, getComputedStyle(behind).backgroundColor]; })',
  );
  for (const [ink, paper] of colours) {
    const [light, dark] = [luminance(ink), luminance(paper)].sort((one, other) => other - one);
    const contrast = ((light ?? 0) + 0.05) / ((dark ?? 0) + 0.05);
    assert.ok(contrast >= 4.5, `${ink} on ${paper} has a contrast of ${contrast.toFixed(2)}`);
    assert.equal(luminance(paper) < luminance(ink), scheme === 'dark', `${ink} on ${paper} is not ${scheme}`);
  }
}

/** WCAG 2.2, relative luminance. */
function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = (colour.match(/[\d.]+/g) ?? []).map(Number).map((channel) => {
    const share = channel / 255;
    return share <= 0.03928 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
