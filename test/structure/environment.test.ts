import { expect, it } from 'vitest';

it('tools and tests run on the Node of the runner', () => {
  expect(process.version).toMatch(/^v24\./);
});
