import { LinkButton } from './button.tsx';

/** Where an answer is missing because data is: to the page that says what was read and takes more. */
export function OpenSources() {
  return (
    <LinkButton href="/sources" look="solid">
      Open Sources
    </LinkButton>
  );
}
