import { describe, expect, it } from 'vitest';
import { isHtml, titleOf } from '../../src/transport/web-page.ts';

function answer(body: string, type?: string): { headers: Record<string, string>; body: Uint8Array } {
  return { headers: type === undefined ? {} : { 'content-type': type }, body: Buffer.from(body) };
}

describe('a web page', () => {
  it.each([
    ['by its type', answer('', 'text/html')],
    ['by its type, with a character set', answer('{}', 'TEXT/HTML; charset=utf-8')],
    ['by its document type', answer('<!DOCTYPE html><p>')],
    ['by its first element', answer('<html>')],
    ['by white space and its first element', answer(' \r\n\t<HEAD lang="en">')],
    ['by its body', answer('<body\n>')],
    ['of XHTML', answer('<?xml version="1.0"?><html>')],
    ['whatever else its type says', answer('<html>', 'application/json')],
  ])('%s', (_name, response) => {
    expect(isHtml(response)).toBe(true);
  });

  it.each([
    ['JSON', answer('{"a":1}', 'application/json')],
    ['text that names a type', answer('a', 'application/json; not=text/html')],
    ['text that holds a page', answer('see <html>')],
    ['another element', answer('<header>')],
    ['nothing', answer('')],
    ['a page behind 400 bytes', answer(`${' '.repeat(400)}<html>`)],
  ])('is not %s', (_name, response) => {
    expect(isHtml(response)).toBe(false);
  });
});

describe('the title of a web page', () => {
  it.each([
    ['<html><head><title>Sign in</title>', 'Sign in'],
    ['<TITLE> \n Sign in\n</TITLE>', 'Sign in'],
    ['<title>Größe</title>', 'Größe'],
    ['<title>cut', 'cut'],
    [`<title>${'a'.repeat(300)}</title>`, 'a'.repeat(200)],
    ['<title></title>', undefined],
    ['<p>no title', undefined],
    [`${' '.repeat(16 * 1024)}<title>too far</title>`, undefined],
  ])('%.40s', (page, expected) => {
    expect(titleOf(Buffer.from(page))).toBe(expected);
  });
});
