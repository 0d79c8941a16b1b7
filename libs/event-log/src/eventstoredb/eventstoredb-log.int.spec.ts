import { describeEventLogContract } from '../event-log-contract.js';
import { TestDoor } from '../eventstoredb-for-tests.js';
import { openEventStoreDbLog } from './open-eventstoredb-log.js';

describeEventLogContract('EventStoreDB', async () => {
  const door = await TestDoor.start();
  const { connectionString } = door;
  let current = await openEventStoreDbLog({ connectionString });
  return {
    log: current,
    reopen: async () => {
      await current.close();
      // What was answered is durable: the server is killed, not stopped.
      await door.kill();
      await door.restart();
      current = await openEventStoreDbLog({ connectionString });
      return current;
    },
    close: async () => {
      await current.close();
      await door.stop();
    },
  };
});
