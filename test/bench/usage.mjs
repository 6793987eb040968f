// Loaded into every measured process by `node --require`: leaves what the process used in the file that
// BENCH_USAGE_FILE names, as its last act. Node gives a parent no usage of a child, so the child has to tell it.
const { readFileSync, writeFileSync } = process.getBuiltinModule('node:fs');

process.once('exit', () => {
  const { user, system } = process.cpuUsage();
  writeFileSync(
    process.env.BENCH_USAGE_FILE,
    JSON.stringify({ cpuMs: (user + system) / 1000, rssMb: peakMegabytes() }),
  );
});

/** maxRSS of Linux starts with the peak of the parent that forked, VmHWM with the program itself. */
function peakMegabytes() {
  if (process.platform === 'linux') {
    const peak = /^VmHWM:\s*(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'latin1'))?.[1];
    return Number(peak) / 1024;
  }
  return process.resourceUsage().maxRSS / 1024;
}
