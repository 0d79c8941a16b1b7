import { useEffect, useState } from 'react';
import { LoadingView } from './loading-view.js';
import { RefusalView } from './refusal-view.js';
import { ReplayView } from './replay-view.js';
import { useRecordedMeeting } from './use-recorded-meeting.js';
import '../styles/replay.css';

/** What happened in one meeting, for its host and for analysts. */
const ReplayPage = ({ meetingRef }: { readonly meetingRef: string }) => {
  const [round, setRound] = useState(0);
  const recorded = useRecordedMeeting(meetingRef, round);
  useEffect(() => {
    if (recorded.phase !== 'ready') document.title = 'Replay · Parley';
  }, [recorded.phase]);
  switch (recorded.phase) {
    case 'loading':
      return <LoadingView events={recorded.events} />;
    case 'refused':
      return (
        <RefusalView
          refusal={recorded.refusal}
          meetingRef={meetingRef}
          again={() => setRound(before => before + 1)}
        />
      );
    case 'ready':
      return (
        <ReplayView record={recorded.record} goesOn={recorded.goesOn} interrupted={recorded.interrupted} />
      );
  }
};

export default ReplayPage;
