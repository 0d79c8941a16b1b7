import { useEffect, useState, type FormEvent } from 'react';
import { navigate } from '../app/navigation.js';
import { meetingPath } from '../app/route.js';
import { rememberedName, rememberName } from '../session/identity.js';
import { isRoomSlug, meetingRef, refFromInput } from '../session/meeting-ref.js';
import { IconButton } from '../ui/icon-button.js';
import { Icon } from '../ui/icon.js';
import { Logo } from '../ui/logo.js';
import { HomePicture } from './home-picture.js';
import { friendlyRoomName } from './room-names.js';

export const HomePage = () => {
  const [name, setName] = useState(rememberedName);
  const [room, setRoom] = useState(() => friendlyRoomName());
  const [problem, setProblem] = useState<{ field: 'name' | 'room'; text: string }>();

  useEffect(() => {
    document.title = 'Parley: meet face to face';
  }, []);

  const join = (event: FormEvent) => {
    event.preventDefault();
    const ref = refFromInput(room);
    if (!name.trim()) {
      setProblem({ field: 'name', text: 'Please tell the others your name.' });
      document.getElementById('name')?.focus();
      return;
    }
    if (meetingRef(ref).kind === 'room' && !isRoomSlug(ref)) {
      const text = ref
        ? 'Use letters, digits, spaces and dashes, beginning with a letter or digit.'
        : 'Give the meeting a name, or let us suggest one.';
      setProblem({ field: 'room', text });
      document.getElementById('room')?.focus();
      return;
    }
    rememberName(name.trim());
    const typed = room.trim();
    navigate(meetingPath(ref), typed !== ref && !typed.includes('/') ? { title: typed } : {});
  };

  const problemAt = (field: 'name' | 'room') =>
    problem?.field === field ? (
      <span className="field-problem" id={`${field}-problem`} role="alert">
        {problem.text}
      </span>
    ) : null;
  const describedBy = (field: 'name' | 'room') => (problem?.field === field ? `${field}-problem` : undefined);

  return (
    <div className="home">
      <header className="home-header">
        <Logo />
      </header>
      <main className="home-main">
        <section className="home-welcome">
          <h1>Meet face to face, on your own terms</h1>
          <p className="home-lead">
            Name a meeting and share its link. Whoever opens it is in: nothing to install, no account to make.
          </p>
          <form className="home-form card" onSubmit={join} noValidate>
            <label className="field" htmlFor="name">
              <span>Your name</span>
              <input
                id="name"
                data-testid="name-input"
                value={name}
                onChange={event => setName(event.target.value)}
                maxLength={80}
                autoComplete="name"
                placeholder="What shall we call you?"
                aria-invalid={problem?.field === 'name'}
                aria-describedby={describedBy('name')}
              />
              {problemAt('name')}
            </label>
            <label className="field" htmlFor="room">
              <span>Meeting</span>
              <span className="field-row">
                <input
                  id="room"
                  data-testid="room-input"
                  value={room}
                  onChange={event => setRoom(event.target.value)}
                  maxLength={200}
                  autoComplete="off"
                  autoCapitalize="none"
                  spellCheck={false}
                  placeholder="A name, or a link you were given"
                  aria-invalid={problem?.field === 'room'}
                  aria-describedby={describedBy('room')}
                />
                <IconButton
                  icon="dice"
                  label="Suggest another name"
                  tone="quiet"
                  className="field-button"
                  onClick={() => setRoom(friendlyRoomName())}
                />
              </span>
              {problemAt('room')}
            </label>
            <button type="submit" className="button button-primary button-large" data-testid="join-button">
              Join <Icon name="arrow" />
            </button>
            <p className="hint">Opens the meeting, or joins it if it is already under way.</p>
          </form>
        </section>
        <HomePicture />
      </main>
      <footer className="home-footer">
        <p>
          <strong>Yours.</strong> Runs on your own server; calls and recordings stay there.
        </p>
        <p>
          <strong>On record, when you ask.</strong> One press records everybody into one film.
        </p>
        <p>
          <strong>Nothing lost.</strong> Every join, word and mute can be replayed later.
        </p>
      </footer>
    </div>
  );
};
