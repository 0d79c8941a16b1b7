/** The address to hand on; without what was set for this visit alone. */
export const inviteUrl = (ref: string): string => `${location.origin}/m/${encodeURIComponent(ref)}`;

/** Hands the link on: by the phone's own means where there are some, else to the clipboard. Answers what to tell the user. */
export const shareInvite = async (ref: string, title: string): Promise<string | undefined> => {
  const url = inviteUrl(ref);
  if (matchMedia('(pointer: coarse)').matches && typeof navigator.share === 'function') {
    try {
      await navigator.share({ title, url });
      return undefined;
    } catch (error) {
      if (error instanceof DOMException && error.name === 'AbortError') return undefined;
      console.warn('Sharing failed; copying instead', error);
    }
  }
  try {
    await navigator.clipboard.writeText(url);
    return 'Link copied. Send it to whom you want to meet.';
  } catch (error) {
    // No clipboard without a secure connection, or without the user's leave.
    console.warn('The clipboard cannot be used', error);
    return `The link to this meeting: ${url}`;
  }
};
