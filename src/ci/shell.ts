/**
 * Variables as a POSIX shell sets and exports them, each in single quotes, in which a shell changes nothing
 * (POSIX.1-2024, Shell Command Language, 2.2.2).
 */
export function shellExports(variables: Readonly<Record<string, string>>): string {
  return Object.entries(variables)
    .map(([name, value]) => `export ${name}='${value.replaceAll("'", `'\\''`)}'\n`)
    .join('');
}
