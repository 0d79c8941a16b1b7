import { connect } from 'node:net';

const ANSWER_TIMEOUT_MS = 1000;

/** Sends one inline command (Redis serialization protocol) to a unix socket; its first line of answer. */
const ask = (socketPath: string, command: string): Promise<string | undefined> =>
  new Promise(resolve => {
    const socket = connect(socketPath);
    const answer = (line: string | undefined) => {
      socket.destroy();
      resolve(line);
    };
    socket.setTimeout(ANSWER_TIMEOUT_MS, () => answer(undefined));
    // Nobody listens there (yet): the same as no answer.
    socket.on('error', () => answer(undefined));
    socket.on('close', () => answer(undefined));
    socket.on('connect', () => socket.write(`${command}\r\n`));
    socket.on('data', data => answer(data.toString('latin1').split('\r\n')[0]));
  });

/** Whether a Redis answers at that socket, and has read its data. */
export const redisAnswers = async (socketPath: string): Promise<boolean> =>
  (await ask(socketPath, 'PING')) === '+PONG';

/** Asks a Redis to save and end; settles when it has taken the request. */
export const redisShutdown = async (socketPath: string): Promise<void> => {
  await ask(socketPath, 'SHUTDOWN');
};
