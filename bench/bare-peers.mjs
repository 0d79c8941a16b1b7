export default async () => {
  const begun = performance.now();
  const stream = await navigator.mediaDevices.getUserMedia({ video: true, audio: true });
  const [sender, receiver] = [new RTCPeerConnection(), new RTCPeerConnection()];
  sender.onicecandidate = ({ candidate }) => candidate && receiver.addIceCandidate(candidate);
  receiver.onicecandidate = ({ candidate }) => candidate && sender.addIceCandidate(candidate);
  const video = document.createElement('video');
  video.muted = true;
  const picture = new Promise(resolve => {
    receiver.ontrack = ({ track }) => {
      if (track.kind !== 'video') return;
      video.srcObject = new MediaStream([track]);
      void video.play();
      video.requestVideoFrameCallback(() => resolve(performance.now() - begun));
    };
  });
  for (const track of stream.getTracks()) sender.addTrack(track, stream);
  await sender.setLocalDescription();
  await receiver.setRemoteDescription(sender.localDescription);
  await receiver.setLocalDescription();
  await sender.setRemoteDescription(receiver.localDescription);
  const milliseconds = await picture;
  sender.close();
  receiver.close();
  for (const track of stream.getTracks()) track.stop();
  return milliseconds;
};
