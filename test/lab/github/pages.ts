import type { Answer } from '../answers.ts';
import type { Route } from './route.ts';

const LARGEST_PAGE = 100;
const DEFAULT_PAGE = 30;

/** One page of a list, with the addresses of the others (docs.github.com, "Using pagination in the REST API"). */
export function pageOf(answer: Answer, member: NonNullable<Route['paged']>, address: URL): Answer {
  const items = answer.body as unknown[];
  const { searchParams } = address;
  const size = Math.min(LARGEST_PAGE, Math.max(1, Number(searchParams.get('per_page') ?? DEFAULT_PAGE)));
  const number = Math.max(1, Number(searchParams.get('page') ?? 1));
  const last = Math.max(1, Math.ceil(items.length / size));
  const shown = items.slice((number - 1) * size, number * size);
  const link = (to: number, relation: string): string => {
    const other = new URL(address);
    other.searchParams.set('page', String(to));
    return `<${other.href}>; rel="${relation}"`;
  };
  const links = [
    ...(number > 1 ? [link(number - 1, 'prev')] : []),
    ...(number < last ? [link(number + 1, 'next'), link(last, 'last')] : []),
    ...(number > 1 ? [link(1, 'first')] : []),
  ];
  return {
    status: 200,
    headers: links.length === 0 ? {} : { link: links.join(', ') },
    body: member === 'whole' ? shown : { total_count: items.length, [member]: shown },
  };
}
