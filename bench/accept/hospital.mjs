/** A hospital that takes every delivery at once and keeps nothing, so that its own work is not measured. */
import { createServer } from 'node:http';

const CREATED = { response: { status: '201 Created' } };

export async function startHospital() {
  let taken = 0;
  const server = createServer((request, response) => {
    // Entries of our transactions are told by their requests; a name split between two pieces is found too.
    let entries = 0;
    let rest = '';
    request.setEncoding('latin1').on('data', (piece) => {
      const text = rest + piece;
      entries += text.split(METHOD).length - 1;
      rest = text.slice(-(METHOD.length - 1));
    });
    request.on('end', () => {
      taken += 1;
      const entry = Array.from({ length: entries }, () => CREATED);
      response.writeHead(200, { 'content-type': 'application/fhir+json' });
      response.end(JSON.stringify({ resourceType: 'Bundle', type: 'transaction-response', entry }));
    });
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${server.address().port}/fhir`,
    taken: () => taken,
    stop: () => new Promise((resolve) => server.close(resolve)),
  };
}

const METHOD = '"request":{"method":"PUT"';
