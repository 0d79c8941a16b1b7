import { useEffect, useRef, useState, type FormEvent } from 'react';
import { Link } from '../app/link.js';
import type { LocalMedia } from '../session/local-media.js';
import { Logo } from '../ui/logo.js';
import { Spinner } from '../ui/spinner.js';
import { useStore } from '../ui/use-store.js';
import { CameraPreview } from './camera-preview.js';
import { DeviceProblems } from './device-problems.js';
import { DeviceSettings } from './device-settings.js';

interface Props {
  readonly local: LocalMedia;
  readonly title: string;
  readonly linkRef: string;
  readonly busy: boolean;
  readonly problem: string | undefined;
  readonly askPassword: boolean;
  readonly initialName: string;
  readonly onJoin: (name: string, password?: string) => void;
}

/** Before the meeting: see yourself, choose devices, say your name, go in. */
export const LobbyView = ({ local, title, busy, problem, askPassword, initialName, onJoin }: Props) => {
  const { problems } = useStore(local.state);
  const [name, setName] = useState(initialName);
  const [password, setPassword] = useState('');
  const [passwordAsked, setPasswordAsked] = useState(false);
  const [nameMissing, setNameMissing] = useState(false);
  const nameInput = useRef<HTMLInputElement>(null);
  if (askPassword && !passwordAsked) setPasswordAsked(true);

  useEffect(() => {
    document.title = `${title} · Parley`;
  }, [title]);

  const join = (event: FormEvent) => {
    event.preventDefault();
    if (busy) return;
    setNameMissing(!name.trim());
    if (name.trim()) onJoin(name.trim(), password || undefined);
    else nameInput.current?.focus();
  };

  return (
    <div className="lobby">
      <header className="home-header">
        <Link to="/" className="plain-link">
          <Logo />
        </Link>
      </header>
      <main className="lobby-main">
        <CameraPreview local={local} name={name} />
        <form className="lobby-form" onSubmit={join} noValidate>
          <div>
            <p className="eyebrow">You are about to join</p>
            <h1 className="lobby-title">{title}</h1>
          </div>
          <label className="field" htmlFor="lobby-name">
            <span>Your name</span>
            <input
              id="lobby-name"
              ref={nameInput}
              data-testid="name-input"
              value={name}
              onChange={event => setName(event.target.value)}
              maxLength={80}
              autoComplete="name"
              placeholder="What shall we call you?"
              aria-invalid={nameMissing}
              aria-describedby={nameMissing ? 'lobby-name-problem' : undefined}
            />
            {nameMissing ? (
              <span className="field-problem" id="lobby-name-problem" role="alert">
                Please tell the others your name.
              </span>
            ) : null}
          </label>
          {passwordAsked ? (
            <label className="field">
              <span>Meeting password</span>
              <input
                type="password"
                value={password}
                autoComplete="off"
                autoFocus
                onChange={event => setPassword(event.target.value)}
              />
            </label>
          ) : null}
          {problem ? (
            <p className="note note-problem" role="alert">
              {problem}
            </p>
          ) : null}
          <button
            type="submit"
            className="button button-primary button-large"
            data-testid="prejoin-button"
            aria-busy={busy}
            aria-disabled={busy}
          >
            {busy ? (
              <>
                <Spinner /> Joining…
              </>
            ) : (
              'Join now'
            )}
          </button>
          <DeviceProblems problems={problems} />
          <details className="lobby-devices">
            <summary>Microphone, camera and speaker</summary>
            <DeviceSettings local={local} />
          </details>
        </form>
      </main>
    </div>
  );
};
