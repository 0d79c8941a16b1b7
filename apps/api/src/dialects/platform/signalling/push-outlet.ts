import { Injectable } from '@nestjs/common';
import type { Namespace } from 'socket.io';
import type { SignallingSocket } from './signalling-session.js';

/** How long after a join it is remembered what the join has shown. Pushes of that moment come within milliseconds. */
const REMEMBERED_MS = 10_000;

/** Connections by the Socket.IO rooms that they are in. */
export interface Audience {
  readonly rooms: readonly string[];
  /** Without those that are in one of these. */
  readonly except?: readonly string[];
}
export interface Push {
  readonly name: string;
  readonly payload: unknown;
  /** Id of the message or producer that it tells of. */
  readonly tells?: string;
  /** Id of the producer whose end it tells: what tells of it afterwards is news again. */
  readonly ends?: string;
}
interface Held {
  readonly socket: SignallingSocket;
  readonly meetingId: string;
  /** Waiting for the join's answer; undefined once it was given. */
  pushes: Push[] | undefined;
  /** Ids of the messages and producers that the answer showed: a push of them would be the second word. */
  shown: Set<string>;
}

const isSecondWord = ({ shown }: Held, { tells, ends }: Push): boolean => {
  if (ends !== undefined) shown.delete(ends);
  return tells !== undefined && shown.has(tells);
};

/** The way from the api to its signalling connections: to each of an audience once, after what its join has shown. */
@Injectable()
export class PushOutlet {
  private namespace?: Namespace;
  private readonly held = new Set<Held>();

  serve(namespace: Namespace): void {
    this.namespace = namespace;
  }

  /**
   * Holds a meeting's pushes to a connection back until its join is answered, so that `meeting_joined` comes first and
   * nothing that happens meanwhile is missed or told twice. The function returned lets them go.
   */
  hold(socket: SignallingSocket, meetingId: string): (shown: readonly string[]) => void {
    const held: Held = { socket, meetingId, pushes: [], shown: new Set() };
    this.held.add(held);
    return shown => {
      held.shown = new Set(shown);
      for (const push of held.pushes ?? []) {
        if (!isSecondWord(held, push)) socket.emit(push.name, push.payload);
      }
      held.pushes = undefined;
      setTimeout(() => this.held.delete(held), REMEMBERED_MS).unref();
    };
  }

  emit({ rooms, except = [] }: Audience, meetingId: string, push: Push): void {
    // No rooms would mean everybody.
    if (!this.namespace || rooms.length === 0) return;
    const skipped: string[] = [];
    for (const held of this.held) {
      const { socket, pushes } = held;
      const isIn = (room: string): boolean => socket.rooms.has(room);
      if (held.meetingId !== meetingId || !rooms.some(isIn) || except.some(isIn)) continue;
      if (!pushes && isSecondWord(held, push)) skipped.push(socket.id);
      // One connection may be joining twice: whichever join is answered first lets the push go.
      else if (pushes && !skipped.includes(socket.id)) {
        pushes.push(push);
        skipped.push(socket.id);
      }
    }
    this.namespace
      .to([...rooms])
      .except([...except, ...skipped])
      .emit(push.name, push.payload);
  }

  /** The connections that are in any of these rooms. */
  socketsIn(rooms: readonly string[]): SignallingSocket[] {
    const namespace = this.namespace;
    if (!namespace) return [];
    const ids = new Set(rooms.flatMap(room => [...(namespace.adapter.rooms.get(room) ?? [])]));
    return [...ids].flatMap(id => (namespace.sockets.get(id) as SignallingSocket | undefined) ?? []);
  }
}
