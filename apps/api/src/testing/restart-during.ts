import { jest } from '@jest/globals';
import { CommandBus } from '@nestjs/cqrs';
import type { RunningApi } from './running-api.js';
import { until } from './until.js';

/** Restarts the api while a command of this kind, which `cause` leads to, is under way: it goes on when the api has closed. */
export const restartDuring = async (
  api: RunningApi,
  kind: new (...args: never[]) => object,
  cause: () => Promise<unknown>,
): Promise<void> => {
  const bus = api.part(CommandBus);
  const execute = bus.execute.bind(bus) as (command: unknown) => Promise<never>;
  let goOn = (): void => undefined;
  const held = new Promise<void>(resolve => (goOn = resolve));
  let begun = false;
  jest.spyOn(bus, 'execute').mockImplementation(async command => {
    if (command instanceof kind) {
      begun = true;
      await held;
    }
    return execute(command);
  });
  await cause();
  await until(`${kind.name} to be under way`, () => begun);
  await api.close();
  goOn();
  await api.open();
};
