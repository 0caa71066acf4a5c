/** Clients that post as fast as they are answered. */
import { Agent, request } from 'undici';

/** Connections for so many clients. A server that validates slowly gets the time that it needs. */
export function createClients(connections) {
  const dispatcher = new Agent({ connections, headersTimeout: 120_000, bodyTimeout: 120_000 });
  return {
    async post(url, type, body) {
      const before = performance.now();
      const answer = await request(url, {
        method: 'POST',
        headers: { 'content-type': type },
        body,
        dispatcher,
      });
      const text = await answer.body.text();
      const ms = performance.now() - before;
      if (answer.statusCode !== 201) throw new Error(`${answer.statusCode} ${text.slice(0, 1000)}`);
      return { ms, text };
    },
    async get(url) {
      const answer = await request(url, { dispatcher });
      return answer.body.text();
    },
    close: () => dispatcher.close(),
  };
}

/** Sends without a pause; what is answered between warm-up and end counts. */
export async function drive({ clients, warmMs, measureMs, send, onMeasure }) {
  const times = [];
  let counting = false;
  let over = false;
  const run = async () => {
    while (!over) {
      const { ms } = await send();
      if (counting) times.push(ms);
    }
  };
  const running = Promise.all(Array.from({ length: clients }, run));
  const clock = async () => {
    await new Promise((resolve) => setTimeout(resolve, warmMs));
    await onMeasure?.();
    counting = true;
    const begun = performance.now();
    await new Promise((resolve) => setTimeout(resolve, measureMs));
    counting = false;
    over = true;
    return (performance.now() - begun) / 1000;
  };
  const [seconds] = await Promise.all([clock(), running]);
  return { times, perSecond: times.length / seconds };
}

export function summary(times) {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (share) =>
    Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0);
  return { n: times.length, p50: at(0.5), p95: at(0.95), p99: at(0.99), max: at(1) };
}
