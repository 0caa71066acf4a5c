/** The CPR paper's own page: the statement with its doubts first, the limits of treatment, then every element. */
import type { ObjectSchema } from '../../mapping/schema.js';
import type { Block } from '../../print/press.js';
import { everything, type Page } from '../page.js';
import { INFORMATION_COPY } from './decision.js';
import { cprBanner, limits } from './page-one.js';
import { cprDecision } from './schema.js';

export const cprDecisionPage: Page = (data, { created }) => {
  const { title, lines } = cprBanner(data, created);
  const limited = limits(data);
  const blocks: Block[] = [{ kind: 'banner', tone: 'danger', title, lines }];
  if (limited.length > 0) {
    blocks.push({
      kind: 'banner',
      tone: 'danger',
      title: `Limits of treatment – ${INFORMATION_COPY}`,
      lines: limited,
    });
  }
  blocks.push({
    kind: 'paragraph',
    tone: 'attention',
    text: `${INFORMATION_COPY}. This page tells of decisions made elsewhere; it is not a DNACPR or ReSPECT form. Identity on scans was not checked.`,
  });
  return [...blocks, ...everything(cprDecision as unknown as ObjectSchema, data)];
};
