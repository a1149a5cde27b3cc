/** What every search of the old style takes, in this order. */
export const SEARCH = 'start size=100 sort freeText="*" query';

/** The same as a type. */
export type Search<Result> = (
  start?: number,
  size?: number,
  sort?: string,
  freeText?: string,
  query?: string,
) => Promise<Result>;
