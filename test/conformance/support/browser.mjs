/** Headless Chromium, told what to do over its DevTools protocol. https://chromedevtools.github.io/devtools-protocol/ */
import { existsSync } from 'node:fs';
import { WebSocket } from 'undici';
import { serve, temporary } from './programs.mjs';

const PROGRAM = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync);

const FLAGS = [
  '--headless',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--window-size=1200,1600',
  '--remote-debugging-port=0',
  // Root has no sandbox of Chromium's; all it opens here are our own pages.
  ...(process.getuid() === 0 ? ['--no-sandbox'] : []),
];

/** @returns `{ open(address), stop() }` */
export async function startBrowser() {
  const folder = temporary('chromium');
  const program = await serve('Chromium', PROGRAM, [...FLAGS, `--user-data-dir=${folder}`, 'about:blank'], {
    ready: /DevTools listening on ws:\/\/[^:]+:(\d+)\//,
  });
  const port = program.match[1];
  return {
    open: (address) => open(port, address),
    stop: program.stop,
  };
}

/**
 * Opens a page and waits until it has been still for a while.
 * @returns `{ errors, requests, evaluate(expression), screenshot(), close() }`: what the console complained of, and
 * every address that was asked for
 */
async function open(port, address) {
  const answer = await fetch(`http://127.0.0.1:${port}/json/new?about:blank`, { method: 'PUT' });
  const { id, webSocketDebuggerUrl } = await answer.json();
  const socket = new WebSocket(webSocketDebuggerUrl);
  await new Promise((resolve, reject) => {
    socket.onopen = resolve;
    socket.onerror = reject;
  });
  const waiting = new Map();
  const errors = [];
  const requests = [];
  let last = Date.now();
  const hear = {
    'Runtime.exceptionThrown': ({ exceptionDetails: e }) => errors.push(e.exception?.description ?? e.text),
    'Runtime.consoleAPICalled': ({ type, args }) =>
      ['error', 'warning', 'assert'].includes(type) &&
      errors.push(args.map((a) => a.value ?? a.description).join(' ')),
    'Log.entryAdded': ({ entry }) =>
      ['error', 'warning'].includes(entry.level) && errors.push(`${entry.text} ${entry.url ?? ''}`),
    'Network.requestWillBeSent': ({ request }) => requests.push(request.url),
    'Network.loadingFailed': ({ errorText, canceled }) => canceled || errors.push(errorText),
  };
  socket.onmessage = ({ data }) => {
    const message = JSON.parse(data);
    if (message.id !== undefined) return waiting.get(message.id)?.(message);
    if (message.method.startsWith('Network.')) last = Date.now();
    hear[message.method]?.(message.params);
  };
  let next = 0;
  const ask = (method, params = {}) =>
    new Promise((resolve, reject) => {
      const number = ++next;
      waiting.set(number, ({ result, error }) =>
        error === undefined ? resolve(result) : reject(new Error(`${method}: ${error.message}`)),
      );
      socket.send(JSON.stringify({ id: number, method, params }));
    });
  for (const domain of ['Runtime', 'Log', 'Network', 'Page']) await ask(`${domain}.enable`);
  await ask('Page.navigate', { url: address });
  const limit = Date.now() + 30_000;
  last = Date.now();
  while (Date.now() - last < 1000 && Date.now() < limit) await new Promise((r) => setTimeout(r, 100));
  return {
    errors,
    requests,
    evaluate: async (expression) =>
      (await ask('Runtime.evaluate', { expression, returnByValue: true })).result.value,
    screenshot: async () => Buffer.from((await ask('Page.captureScreenshot')).data, 'base64'),
    close: async () => {
      socket.close();
      await fetch(`http://127.0.0.1:${port}/json/close/${id}`);
    },
  };
}
