/** The meetings dialect's answer to every request that succeeded. */
export const envelope = (message: string, data: unknown): Record<string, unknown> => ({
  status: 'success',
  message,
  data,
  timestamp: new Date().toISOString(),
});
