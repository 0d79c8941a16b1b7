import { type FormEvent, useRef, useState } from 'react';
import { adding, dropping } from '../session/policy-keeper.js';
import { Icon } from '../ui/icon.js';
import { DescribedField } from './described-field.js';
import type { PolicyProps } from './policy-props.js';
import { domainsOf } from './typed-policy.js';

/** People of which domains may join. */
export const PolicyDomains = ({ policy, problems, edit }: PolicyProps) => {
  const [typed, setTyped] = useState('');
  const [wrong, setWrong] = useState<string>();
  const form = useRef<HTMLFormElement>(null);
  const { allowed_domains: allowed } = policy;

  const add = async (event: FormEvent) => {
    event.preventDefault();
    const { domains, wrong: [first] = [] } = domainsOf(typed);
    if (first !== undefined) return setWrong(`“${first}” is no domain. Type one such as example.com.`);
    if (domains.length === 0) return setWrong('Type a domain such as example.com.');
    setWrong(undefined);
    if (await edit('allowed_domains', adding(...domains))) setTyped(now => (now === typed ? '' : now));
  };
  const remove = async (domain: string) => {
    if (await edit('allowed_domains', dropping(domain))) form.current?.querySelector('input')?.focus();
  };

  return (
    <form ref={form} onSubmit={event => void add(event)} noValidate>
      <DescribedField
        label="Only these e-mail domains"
        hint={
          allowed.length === 0
            ? 'Without one, addresses do not matter.'
            : 'Everybody else is kept out, guests, too: they have no address.'
        }
        problem={wrong ?? problems.allowed_domains}
      >
        {control => (
          <>
            {allowed.length > 0 ? (
              <ul className="chips" aria-label="Domains that may join">
                {allowed.map(domain => (
                  <li key={domain} data-testid="allowed-domain">
                    <span>{domain}</span>
                    <button
                      type="button"
                      aria-label={`Remove ${domain}`}
                      title={`Remove ${domain}`}
                      onClick={() => void remove(domain)}
                    >
                      <Icon name="close" />
                    </button>
                  </li>
                ))}
              </ul>
            ) : null}
            <div className="field-line field-more">
              <input
                {...control}
                type="text"
                inputMode="url"
                autoComplete="off"
                autoCapitalize="none"
                spellCheck={false}
                placeholder="example.com"
                data-testid="policy-allowed_domains"
                value={typed}
                onChange={event => {
                  setTyped(event.target.value);
                  setWrong(undefined);
                }}
              />
              <button
                type="submit"
                className="button button-small"
                data-testid="add-domain"
                aria-label="Add the domain"
              >
                Add
              </button>
            </div>
          </>
        )}
      </DescribedField>
    </form>
  );
};
