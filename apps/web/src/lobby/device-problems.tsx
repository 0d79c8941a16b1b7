import { explainDeviceProblem } from '../session/device-problem.js';
import type { LocalState } from '../session/local-media.js';

/** Says what is missing, and that one can join all the same. */
export const DeviceProblems = ({ problems }: { readonly problems: LocalState['problems'] }) => {
  const { microphone, camera } = problems;
  if (!microphone && !camera) return null;
  const together = microphone !== undefined && microphone === camera;
  return (
    <div className="note" role="status">
      {together && microphone === 'refused' ? (
        <p>
          The browser may not use your microphone and camera. Allow them in the address bar to be heard and
          seen.
        </p>
      ) : together && microphone === 'missing' ? (
        <p>No microphone and no camera were found.</p>
      ) : together && microphone === 'insecure' ? (
        <p>Browsers give access to microphone and camera only over https or on localhost.</p>
      ) : (
        <>
          {microphone ? <p>{explainDeviceProblem('microphone', microphone)}</p> : null}
          {camera ? <p>{explainDeviceProblem('camera', camera)}</p> : null}
        </>
      )}
      <p>
        {microphone && camera
          ? 'You can join anyway, to watch, listen and chat.'
          : 'You can join without it.'}
      </p>
    </div>
  );
};
