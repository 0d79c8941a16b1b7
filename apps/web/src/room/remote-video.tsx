import { useEffect, useRef } from 'react';
import { preferredSpatialLayer } from '../session/encodings.js';
import type { MeetingSession } from '../session/meeting-session.js';
import type { RemoteTrack } from '../session/remote-track.js';
import { VideoView } from '../ui/video-view.js';

const SETTLE_MS = 300;

interface Props {
  readonly session: MeetingSession;
  readonly remote: RemoteTrack;
  readonly whole?: boolean;
}

/** A received picture: flows while it is on screen, in the size in which it is shown. */
export const RemoteVideo = ({ session, remote, whole = false }: Props) => {
  const element = useRef<HTMLVideoElement>(null);
  const { consumerId, spatialLayers } = remote;

  useEffect(() => {
    const video = element.current;
    if (!video) return;
    void session.resume(consumerId);
    const sight = new IntersectionObserver(entries => {
      const seen = entries.at(-1)?.isIntersecting;
      if (seen !== undefined) void (seen ? session.resume(consumerId) : session.pause(consumerId));
    });
    sight.observe(video);
    return () => sight.disconnect();
  }, [session, consumerId]);

  useEffect(() => {
    const video = element.current;
    if (!video || spatialLayers < 2) return;
    let timer: ReturnType<typeof setTimeout>;
    const size = new ResizeObserver(() => {
      clearTimeout(timer);
      timer = setTimeout(() => {
        const height = video.clientHeight * devicePixelRatio;
        if (height > 0) void session.preferLayer(consumerId, preferredSpatialLayer(height, spatialLayers));
      }, SETTLE_MS);
    });
    size.observe(video);
    return () => {
      clearTimeout(timer);
      size.disconnect();
    };
  }, [session, consumerId, spatialLayers]);

  return (
    <VideoView
      track={remote.track}
      whole={whole}
      elementRef={element}
      onFirstFrame={() => session.frameShown()}
    />
  );
};
