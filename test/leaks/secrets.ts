import { printableSecret, providerSecret, type Random } from '../secrecy/random-secrets.ts';

/**
 * Texts that break software which did not expect them, of the kinds that people collect: quoting, escapes, templates,
 * numbers, other scripts, control characters, commands of runners. `*` marks where the rest of a secret stands.
 */
const NAUGHTY = [
  '*',
  "*'*",
  '*"*',
  '*`*',
  '*\\*',
  '*\\n*',
  '*$HOME*',
  '*$(id)*',
  '*`id`*',
  '*%s%n*',
  '*%25*',
  '*%0A*',
  '*%3A*',
  '*&amp;*',
  '*&*',
  '*<b>*',
  '*</script>*',
  '*]]>*',
  '*{{7*7}}*',
  `*$${'{{ secrets.X }}'}*`,
  '*#{x}*',
  '*;ls*',
  '*|id*',
  '*../..*',
  '*\u00e4\u00f6*',
  '*\u4f60\u597d*',
  '*\u{1f600}*',
  '*\u202e*',
  '*\u200b*',
  '*\u0000*',
  '*\n*',
  '*\r\n*',
  '*\t*',
  ' *',
  '* ',
  '*::error::x*',
  '::add-mask::*',
  '##[group]*',
  '*::stop-commands::x*',
  '*#[x]*',
  '*=*',
  '*==',
  '+*/*',
  '*+*',
  '*~*',
  '*-_*',
  '*--*',
  '*"\\"*',
  "*'\\''*",
  '*0x1F*',
  '*1e400*',
  '*null*',
  '*undefined*',
  '*__proto__*',
  '*\ufeff*',
  '*a:b*',
  'undefined',
  'null',
  'true',
  '***',
  'changeme',
  'secret',
  'a',
  '',
  ' ',
  '-1',
  '0',
  '[object Object]',
  '*\\u0041*',
  '*@x*',
  '*!*',
  "*('x')*",
  '*?x=y&z*',
  '*,*',
  '*\\\\*',
  '*\u00ad*',
  '*\u2028*',
  '*\u001b[31m*',
  '*\u0007*',
  '*\u007f*',
] as const;

/** A client secret: as providers make them, of any printable characters, or of a naughty kind. */
export function nextSecret(random: Random): string {
  const kind = random();
  if (kind < 0.4) {
    return providerSecret(random);
  }
  if (kind < 0.7) {
    return printableSecret(random);
  }
  const pattern = NAUGHTY[Math.floor(random() * NAUGHTY.length)] ?? '*';
  return pattern.replaceAll('*', () => providerSecret(random, 6, 24));
}
