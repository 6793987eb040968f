/** One line of `connect-to`, as curl's option of that name has it: host:port:address:port. */
export interface ConnectTo {
  readonly host: string;
  readonly port: number;
  readonly address: string;
  readonly addressPort: number;
}

const LINE = /^([A-Za-z0-9.-]+):([0-9]{1,5}):(?:\[([0-9A-Fa-f:.]+)\]|([A-Za-z0-9.-]+)):([0-9]{1,5})$/;
const LARGEST_PORT = 65_535;

/** Reads the lines of `connect-to`; undefined where one of them is not of that form. */
export function readConnectTo(lines: readonly string[]): ConnectTo[] | undefined {
  const entries: ConnectTo[] = [];
  for (const line of lines) {
    const [, host, port, ipv6, name, addressPort] = LINE.exec(line) ?? [];
    const address = ipv6 ?? name;
    if (
      host === undefined ||
      address === undefined ||
      Number(port) > LARGEST_PORT ||
      Number(addressPort) > LARGEST_PORT
    ) {
      return undefined;
    }
    entries.push({
      host: host.toLowerCase(),
      port: Number(port),
      address,
      addressPort: Number(addressPort),
    });
  }
  return entries;
}
