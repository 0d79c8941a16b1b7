import { useDeferredValue, useEffect, useMemo, useState } from 'react';
import { describeEvent } from '#libs/domain';
import { attendanceOf } from './attendance.js';
import { cursorAtIndex, cursorAtPlace, placeOf } from './cursor.js';
import { EventDetails } from './event-details.js';
import { EventFilters } from './event-filters.js';
import { EventList } from './event-list.js';
import { filterEvents, lastAtOrBelow, NO_FILTER } from './filter-events.js';
import { KeysDialog } from './keys-dialog.js';
import { momentChanges } from './moment-changes.js';
import { PlaybackControls } from './playback-controls.js';
import type { RecordedMeeting } from './recorded-meeting.js';
import { ReplayHeader } from './replay-header.js';
import type { ReplayRefusal } from './replay-refusal.js';
import { shareMoment } from './share-moment.js';
import { startMoment } from './start-moment.js';
import { StatePanels } from './state-panels.js';
import { timeAxis } from './time-axis.js';
import { clockText, offsetText } from './time-text.js';
import { TimelineSlider } from './timeline-slider.js';
import { useAnnouncement } from './use-announcement.js';
import { usePlayer } from './use-player.js';
import { useReplayKeys } from './use-replay-keys.js';
import { type Shown, ViewSwitch } from './view-switch.js';

interface Props {
  readonly record: RecordedMeeting;
  readonly goesOn: boolean;
  readonly interrupted?: ReplayRefusal;
}

/** Sentences of events, each made when it is first asked for. */
const sentencesOf = ({ events, names }: RecordedMeeting): ((index: number) => string) => {
  const made = new Map<number, string>();
  return index => {
    const event = events[index];
    const sentence = made.get(index) ?? (event ? describeEvent(event, names) : '');
    made.set(index, sentence);
    return sentence;
  };
};

/** A meeting and a slider: the state at the moment that it points at, beside what happened. */
export const ReplayView = ({ record, goesOn, interrupted }: Props) => {
  const { events } = record;
  const axis = useMemo(() => timeAxis(events), [events]);
  const attendance = useMemo(() => attendanceOf(events, axis), [events, axis]);
  const textOf = useMemo(() => sentencesOf(record), [record]);
  const [start] = useState(() => startMoment(record, location.search, goesOn));
  const [player, act] = usePlayer(axis, start, goesOn);
  const [filter, setFilter] = useState(NO_FILTER);
  const [keysShown, setKeysShown] = useState(false);
  const [notice, setNotice] = useState(start.note);
  const [shown, setShown] = useState<Shown>('state');
  const wanted = useDeferredValue(filter);
  const listed = useMemo(() => filterEvents(events, wanted, textOf), [events, wanted, textOf]);

  const { cursor, playing, following } = player;
  const { index } = cursor;
  const place = placeOf(axis, cursor);
  const moment = useMemo(() => record.at(index), [record, index]);
  const changes = useMemo(() => momentChanges(moment, record.at(index - 1)), [record, moment, index]);
  const now = useMemo(() => record.at(events.length - 1).meeting, [record, events]);
  const time = axis.timeAt(place);
  const event = record.raw[index];
  const offset = offsetText(axis.offsetAt(place));
  const sentence = textOf(index);

  const seek = (to: number): void => act({ type: 'seek', to: cursorAtIndex(axis, to) });
  const seekPlace = (to: number): void => act({ type: 'seek', to: cursorAtPlace(axis, to) });
  const step = (by: 1 | -1): void => {
    // Among the listed events; from one that is not listed, back is to the last listed one before it.
    const row = lastAtOrBelow(listed, index);
    const target = listed[by > 0 ? row + 1 : listed[row] === index ? row - 1 : row];
    if (target !== undefined) seek(target);
  };
  const play = (): void => act(playing ? { type: 'pause' } : { type: 'play', axis });
  useReplayKeys({ play, step, help: () => setKeysShown(true) });

  const title = now.title;
  useEffect(() => {
    document.title = `Replay of ${title} · Parley`;
  }, [title]);
  const position = event?.position;
  useEffect(() => {
    if (playing || following || position === undefined) return;
    const timer = setTimeout(() => {
      history.replaceState(history.state, '', `${location.pathname}?at=${position}`);
    }, 300);
    return () => clearTimeout(timer);
  }, [position, playing, following]);

  const share = async (): Promise<void> => {
    if (position !== undefined) setNotice(await shareMoment(record.meetingId, position));
  };
  useEffect(() => () => setNotice(''), [index]);
  const said = useAnnouncement(`${offset}, ${sentence}`, playing || following);

  if (events.length === 0) return <main className="centred">Nothing has happened in this meeting.</main>;
  return (
    <div className="replay" data-testid="replay">
      <ReplayHeader
        meeting={now}
        time={time}
        onShare={() => void share()}
        onKeys={() => setKeysShown(true)}
      />
      <section className="card replay-player" aria-label="Timeline">
        <TimelineSlider
          axis={axis}
          attendance={attendance}
          place={place}
          valueText={`${offset}, ${sentence}`}
          onPlace={seekPlace}
          onStep={step}
        />
        <PlaybackControls
          playing={playing}
          speed={player.speed}
          following={following}
          goesOn={goesOn}
          onStart={() => seek(0)}
          onStep={step}
          onPlay={play}
          onEnd={() => seek(events.length - 1)}
          onSpeed={speed => act({ type: 'speed', speed })}
          onFollow={() => act({ type: 'follow', axis })}
        />
        <p className="replay-now" data-testid="replay-now">
          <strong>{offset}</strong> <time dateTime={new Date(time).toISOString()}>{clockText(time)}</time>{' '}
          <span title={sentence}>{sentence}</span>
        </p>
      </section>
      {notice || interrupted ? (
        <p className={`note${interrupted && !notice ? ' note-problem' : ''} replay-note`} role="status">
          {notice ||
            'What goes on does not arrive just now: the server does not answer, or the token ran out.'}
        </p>
      ) : null}
      <ViewSwitch shown={shown} onShow={setShown} />
      <main className="replay-main" data-shown={shown}>
        <StatePanels moment={moment} changes={changes} names={record.names} time={time} />
        <section className="card replay-events" aria-labelledby="events-title">
          <h2 id="events-title">Events</h2>
          <EventFilters events={events} filter={filter} found={listed.length} onChange={setFilter} />
          <EventList
            events={events}
            listed={listed}
            current={index}
            axis={axis}
            textOf={textOf}
            onChoose={seek}
          />
          {event ? <EventDetails event={event} /> : null}
        </section>
      </main>
      <p className="visually-hidden" role="status">
        {said}
      </p>
      {keysShown ? <KeysDialog onClose={() => setKeysShown(false)} /> : null}
    </div>
  );
};
