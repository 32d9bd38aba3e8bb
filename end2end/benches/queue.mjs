// Delivers waiting jobs with graphile-worker, sixteen at once, each by one PUT; says how many seconds that took.
// `node queue.mjs default|batched JOBS`, with DATABASE_URL and SINK.
import { randomUUID } from 'node:crypto';
import { Agent, request } from 'node:http';
import { Logger, makeWorkerUtils, run } from 'graphile-worker';

const [mode, jobs] = [process.argv[2], Number(process.argv[3])];
// What follows the question mark is our own driver's: another reads it otherwise.
const connectionString = process.env.DATABASE_URL.split('?')[0];
// Standard output is for the answer.
const logger = new Logger(() => () => {});
const agent = new Agent({ keepAlive: true, maxSockets: 16 });

function put(id, body) {
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
    const sent = request(new URL(`v1/submissions/${id}`, process.env.SINK), { method: 'PUT', agent, headers }, (answer) => {
      answer.resume().on('end', () => (answer.statusCode === 200 ? resolve() : reject(new Error(`${answer.statusCode}`))));
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

const utils = await makeWorkerUtils({ connectionString, logger });
await utils.migrate();
const waiting = Array.from({ length: jobs }, () => {
  const id = randomUUID();
  return { identifier: 'deliver', payload: { id, content: '许'.repeat(600) } };
});
await utils.addJobs(waiting);

const batches = { localQueue: { size: 200 }, completeJobBatchDelay: 0, failJobBatchDelay: 0 };
let done = 0;
const began = performance.now();
const runner = await run({
  connectionString,
  concurrency: 16,
  maxPoolSize: 16,
  noHandleSignals: true,
  preset: { worker: { concurrentJobs: 16, maxPoolSize: 16, ...(mode === 'batched' ? batches : {}) } },
  taskList: {
    deliver: async (payload) => {
      await put(payload.id, JSON.stringify(payload));
      done += 1;
    },
  },
  logger,
});
// Stopping waits until what was done is noted in the database too.
while (done < jobs) await new Promise((resolve) => setTimeout(resolve, 20));
await runner.stop();
const seconds = (performance.now() - began) / 1000;
const left = await utils.withPgClient((client) => client.query('select count(*)::int as left from graphile_worker.jobs'));
if (left.rows[0].left !== 0) throw new Error(`${left.rows[0].left} jobs are not completed`);
await utils.release();
process.stdout.write(`${seconds}\n`);
process.exit(0);
