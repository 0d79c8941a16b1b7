import { Fragment } from 'react';

/** Names and values; undefined ones are left out. */
export type Facts = readonly (readonly [name: string, value: string | undefined])[];

interface Props {
  readonly facts: Facts;
  readonly isNew?: (name: string) => boolean;
}

export const FactList = ({ facts, isNew }: Props) => (
  <dl className="replay-facts">
    {facts.map(([name, value]) =>
      value === undefined ? null : (
        <Fragment key={name}>
          <dt>{name}</dt>
          <dd
            data-testid={`replay-${name.toLowerCase().replaceAll(' ', '-')}`}
            data-new={isNew?.(name) ?? false}
          >
            {value}
          </dd>
        </Fragment>
      ),
    )}
  </dl>
);
