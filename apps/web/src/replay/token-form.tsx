import { type FormEvent, useState } from 'react';
import { readTokenClaims } from '../session/token-claims.js';
import { keepReplayToken, pastedToken } from './replay-token.js';

const MAKE = 'npm run --silent parley -- token --sub ana --name Ana --role analyst';

/** A way in for those who come with a token and not from a meeting. */
export const TokenForm = ({ onGiven }: { readonly onGiven: () => void }) => {
  const [text, setText] = useState('');
  const [problem, setProblem] = useState<string>();

  const submit = (event: FormEvent) => {
    event.preventDefault();
    const token = pastedToken(text);
    if (!readTokenClaims(token)) {
      setProblem(
        token ? 'This is no token: it has three parts with dots between them.' : 'Paste a token first.',
      );
      return;
    }
    keepReplayToken(token);
    onGiven();
  };

  return (
    <form className="card replay-token" onSubmit={submit} noValidate>
      <label className="field">
        <span>Token</span>
        <input
          type="password"
          data-testid="token-input"
          value={text}
          onChange={event => setText(event.target.value)}
          autoComplete="off"
          spellCheck={false}
          placeholder="eyJhbGciOi…"
          aria-invalid={problem !== undefined}
          aria-describedby="token-problem token-hint"
        />
        <span className="field-problem" id="token-problem" role="alert">
          {problem}
        </span>
      </label>
      <p className="replay-token-hint" id="token-hint">
        On the server, this prints one that holds for a day:
        <code>{MAKE}</code>
        It is kept in this tab, and gone when the tab is closed.
      </p>
      <button type="submit" className="button button-primary" data-testid="token-submit">
        Show the replay
      </button>
    </form>
  );
};
