import { type Principal, SYSTEM, WebhookEndpoint } from '#libs/domain';
import type { World } from './world.js';

const MINUTE = 60_000;
const ADMIN: Principal = { userId: 'radia', name: 'Radia Haddad', roles: ['admin'] };

/** An administrator connects the company's calendar: its receiver fails, is mended, and in the end is given up. */
export const webhookCourse = (world: World, begin: number): void => {
  const endpointId = world.newId();
  const deeds = [
    {
      type: 'CreateWebhookEndpoint',
      endpointId,
      url: 'https://hooks.example.com/calendar',
      events: ['meeting.started', 'meeting.ended'],
      format: 'meetings',
      description: 'Calendar',
    },
    { type: 'RotateWebhookSecret' },
    { type: 'ChangeWebhookEndpoint', events: ['meeting.ended'] },
    { type: 'DisableWebhookEndpoint', reason: 'failing' },
    { type: 'ChangeWebhookEndpoint', enabled: true },
    { type: 'RemoveWebhookEndpoint' },
  ] as const;
  deeds.forEach((deed, index) =>
    world.at(begin + index * MINUTE, () => {
      const by = deed.type === 'DisableWebhookEndpoint' ? SYSTEM : ADMIN;
      world.do(WebhookEndpoint, endpointId, by, deed);
    }),
  );
};
