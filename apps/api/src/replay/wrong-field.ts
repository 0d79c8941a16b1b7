import { DomainError } from '#libs/domain';

/** The refusal of one field of a request. @param says what is wrong with it and the way out, after its name */
export const wrongField = (field: string, says: string): DomainError =>
  new DomainError('VALIDATION_FAILED', { [field]: says }, `The request is not valid: ${field} ${says}`);
