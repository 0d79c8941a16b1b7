import { useEffect, useRef, useState, type Ref } from 'react';

interface Props {
  readonly track: MediaStreamTrack;
  readonly mirrored?: boolean;
  /** Show all of it, with bars, instead of filling the frame. */
  readonly whole?: boolean;
  readonly onFirstFrame?: () => void;
  readonly elementRef?: Ref<HTMLVideoElement>;
}

/** Shows a video track; invisible until its first frame is there, so that what lies beneath is seen instead of black. */
export const VideoView = ({ track, mirrored = false, whole = false, onFirstFrame, elementRef }: Props) => {
  const own = useRef<HTMLVideoElement>(null);
  const [shownTrack, setShownTrack] = useState<MediaStreamTrack>();
  const firstFrame = useRef(onFirstFrame);
  firstFrame.current = onFirstFrame;

  useEffect(() => {
    const video = own.current;
    if (!video) return;
    video.srcObject = new MediaStream([track]);
    video.play().catch((error: unknown) => {
      // Interrupted by the next source, or postponed by the browser; autoplay takes it from there.
      if (!(error instanceof DOMException)) throw error;
    });
    return () => {
      video.srcObject = null;
    };
  }, [track]);

  return (
    <video
      ref={element => {
        own.current = element;
        if (typeof elementRef === 'function') elementRef(element);
        else if (elementRef) elementRef.current = element;
      }}
      className="video"
      data-shown={shownTrack === track}
      data-mirrored={mirrored}
      data-whole={whole}
      autoPlay
      muted
      playsInline
      disablePictureInPicture={mirrored}
      aria-hidden="true"
      tabIndex={-1}
      onLoadedData={() => {
        setShownTrack(track);
        firstFrame.current?.();
      }}
    />
  );
};
