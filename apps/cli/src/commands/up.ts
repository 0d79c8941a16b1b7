import type { Command } from 'commander';
import { loadConfig, redisSocket, type Config } from '#libs/config';
import { root } from '../checkout.js';
import { lockDataDirectory } from '../supervisor/data-directory-lock.js';
import { untilHealthy } from '../supervisor/health.js';
import { clearLeftovers } from '../supervisor/leftovers.js';
import { localAddress } from '../supervisor/local-address.js';
import { apiPort, checkMediaPorts } from '../supervisor/ports.js';
import { endStrayRedis, prepareSocketFolder, redisPlan, redisReady } from '../supervisor/private-redis.js';
import { processPlans } from '../supervisor/process-plans.js';
import { onStopSignals } from '../supervisor/stop-signals.js';
import { System } from '../supervisor/system.js';

const STILL_WAITING_MS = 15_000;

const say = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

/** What EventStoreDB's clients are given; an analyst's token is to be put in. */
const esdbAddress = ({ host }: Config, { port, tls }: NonNullable<Config['esdbDoor']>): string =>
  `${localAddress(host, port).replace('http://', 'esdb://token:TOKEN@')}?tls=${tls !== undefined}`;

const welcome = (config: Config, address: string): string =>
  [
    '',
    'Parley is ready',
    '',
    `  Web page      ${config.publicUrl || address}`,
    `  Join a room   ${config.publicUrl || address}/m/lobby`,
    `  API           ${config.publicUrl || address}/docs`,
    ...(config.esdbDoor ? [`  EventStoreDB  ${esdbAddress(config, config.esdbDoor)}`] : []),
    `  Data          ${config.dataDir}`,
    `  Logs          ${config.dataDir}/logs`,
    '  Make a token  npm run --silent parley -- token --sub alice --name Alice',
    '  Stop          Ctrl-C',
    '',
  ].join('\n');

const startRedis = async (system: System, dataDir: string): Promise<void> => {
  const socket = redisSocket(dataDir);
  prepareSocketFolder(socket);
  await endStrayRedis(socket);
  system.start(redisPlan(dataDir, socket));
  await redisReady(socket);
};

const waitUntilReady = async (address: string, signal: AbortSignal): Promise<void> => {
  const timer = setInterval(() => say(`Waiting for ${address}/health to answer 200.`), STILL_WAITING_MS);
  try {
    await untilHealthy(address, signal);
  } finally {
    clearInterval(timer);
  }
};

/** Runs the whole system in the foreground until it is told to stop. */
const up = async (): Promise<void> => {
  const config = loadConfig();
  const lock = lockDataDirectory(config.dataDir);
  for (const name of await clearLeftovers(config.dataDir))
    say(`${name} of an earlier run did not end and was killed.`);
  const port = await apiPort(config.host, config.port);
  await checkMediaPorts(config.media.host, config.media.port, config.media.workers);
  const address = localAddress(config.host, port);

  const system = new System(config.dataDir, address, say);
  const starting = new AbortController();
  let stopped: Promise<void> | undefined;
  const stop = async (): Promise<void> => {
    starting.abort();
    say('Stopping …');
    await system.stop();
    lock.release();
    say('Parley has stopped.');
    process.exit(0);
  };
  const kill = (): void => {
    system.kill();
    process.exit(1);
  };
  onStopSignals(() => {
    stopped = stop();
  }, kill);

  try {
    if (process.env.PARLEY_REDIS_URL === undefined || process.env.PARLEY_REDIS_URL === '') {
      await startRedis(system, config.dataDir);
    }
    for (const plan of processPlans(root, config, port)) system.start(plan);
    await waitUntilReady(address, starting.signal);
    say(welcome(config, address));
  } catch (error) {
    // Told to stop while starting: what then fails is what is being stopped.
    if (stopped) return stopped;
    await system.stop();
    throw error;
  }
};

export const addUp = (program: Command): void => {
  program.command('up').description('run the whole system in the foreground').action(up);
};
