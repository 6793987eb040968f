// @peculiar/x509 pulls in tsyringe, which refuses to load without the npm package reflect-metadata. The lab never
// injects constructor arguments, so "nothing was recorded" is a sufficient answer and saves a dependency.
const noMetadata = { getMetadata: () => undefined, getOwnMetadata: () => undefined, defineMetadata: () => undefined };

for (const [name, value] of Object.entries(noMetadata)) {
  if (!(name in Reflect)) {
    Object.defineProperty(Reflect, name, { value, configurable: true, writable: true });
  }
}
