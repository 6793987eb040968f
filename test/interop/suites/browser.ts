import { startChromium } from '../browser/chromium.ts';
import { proveReports } from '../browser/report-cases.ts';
import type { Suite } from '../suite.ts';

export const suite: Suite = {
  name: 'browser',
  title: "A real browser with the doctor's report",
  async run(bench) {
    const browser = await startChromium(bench.cache, bench.temporary);
    try {
      const row = bench.counterpart('Chromium', browser.version());
      row.note('it opens the page from a file: nothing is asked for, nothing is written to the console');
      await proveReports(row, browser, bench.temporary);
    } finally {
      await browser.close();
    }
  },
};
