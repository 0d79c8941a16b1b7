import type { FieldOf, PolicyPermission } from '../session/security-policy.js';

interface Described<Field> {
  readonly field: Field;
  readonly label: string;
  readonly hint: string;
}

/** Who comes in at all. */
export const DOOR: readonly Described<FieldOf<boolean>>[] = [
  { field: 'lock_meeting', label: 'Lock the meeting', hint: 'Nobody else can join. Those who are in stay.' },
  {
    field: 'require_waiting_room',
    label: 'Waiting room',
    hint: 'People wait until the host or a co-host lets them in.',
  },
  {
    field: 'allow_anonymous_join',
    label: 'Guests may join',
    hint: 'People without an account, under any name.',
  },
];

/** What people find switched off. */
export const DEVICES: readonly Described<FieldOf<boolean>>[] = [
  {
    field: 'mute_on_entry',
    label: 'Mute people when they join',
    hint: 'Mutes those who are in now, too. They can unmute themselves.',
  },
  {
    field: 'disable_camera',
    label: 'Cameras off',
    hint: 'For everybody but host and co-hosts.',
  },
];

export const PERMISSIONS: readonly Described<FieldOf<PolicyPermission>>[] = [
  { field: 'chat_permissions', label: 'Who can write in the chat', hint: 'Everybody can read it.' },
  {
    field: 'screen_share_permissions',
    label: 'Who can share a screen',
    hint: 'A screen that may be shared no more goes off at once.',
  },
  {
    field: 'recording_permissions',
    label: 'Who can record',
    hint: 'With “Nobody”, a recording that runs stops at once.',
  },
];

export const WHO: readonly { readonly value: PolicyPermission; readonly label: string }[] = [
  { value: 'all', label: 'Everybody' },
  { value: 'host', label: 'Host and co-hosts' },
  { value: 'none', label: 'Nobody' },
];
