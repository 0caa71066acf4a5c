import type { Finding } from '../finding.js';
import type { Form } from '../form.js';
import type { Belongings } from './schema.js';

/** An item that came back missing or damaged is said again as a warning (domain AT-28). */
export const belongingsRules: Form['rules'] = (data, pointer) => {
  const { items = [] } = data as unknown as Belongings;
  return items.flatMap((item, i): Finding[] =>
    item.back?.state === 'missing' || item.back?.state === 'damaged'
      ? [{ code: `belonging-${item.back.state}`, pointer: `${pointer}/items/${i}/back/state` }]
      : [],
  );
};
