/** Entries of a transaction or batch: request and resource fit each other. https://hl7.org/fhir/R4/http.html#transaction */
import { isObject, type Node } from '../plan/node.js';
import { reporter } from './definition.js';
import type { Context, Rule } from './rule.js';

const report = reporter('invalid', 'https://hl7.org/fhir/R4/http.html#transaction');
const TYPE = /^([A-Z][A-Za-z]+)$/;
const INSTANCE = /^([A-Z][A-Za-z]+)\/([A-Za-z0-9\-.]{1,64})$/;

export const bundleTransactionRule: Rule = (node, context) => {
  const type = isObject(node.value) ? node.value['type'] : undefined;
  if (type !== 'transaction' && type !== 'batch') return;
  const written = new Set<string>();
  for (const entry of node.named('entry')) {
    const request = entry.child('request');
    if (request === undefined || !isObject(request.value)) continue;
    const { method, url } = request.value;
    if (typeof method !== 'string' || typeof url !== 'string') continue;
    checkRequest(entry, request, method, url, context);
    if (type === 'transaction') checkOnce(request, method, url, written, context);
  }
};

function checkRequest(entry: Node, request: Node, method: string, url: string, context: Context): void {
  const resource = entry.child('resource');
  const isWrite = method === 'POST' || method === 'PUT';
  if (
    isWrite &&
    resource === undefined &&
    !context.isBroken(entry) &&
    !url.includes('$') &&
    !url.includes('_search')
  )
    report(entry, context, 'bundle-request', `${method} needs a resource`);
  if (resource === undefined || !isObject(resource.value)) return;
  if (method === 'POST') {
    const [, type] = TYPE.exec(url) ?? [];
    if (type !== undefined && type !== resource.type && context.definitions.type(type)?.kind === 'resource')
      report(request, context, 'bundle-request', `a ${resource.type} cannot be created as ${type}`);
  } else if (method === 'PUT') {
    const [, type, id] = INSTANCE.exec(url) ?? [];
    if (type === undefined) return;
    if (type !== resource.type || id !== resource.value['id'])
      report(
        request,
        context,
        'bundle-request',
        `${url} is not the type and id of the resource, ${resource.type}/${String(resource.value['id'] ?? '(none)')}`,
      );
  }
}

/** A transaction writes no resource twice: in which order would be open. */
function checkOnce(request: Node, method: string, url: string, written: Set<string>, context: Context): void {
  if (!['PUT', 'DELETE', 'PATCH'].includes(method) || !INSTANCE.test(url)) return;
  if (written.has(url))
    report(request, context, 'bundle-request', `the transaction writes ${url} more than once`);
  written.add(url);
}
