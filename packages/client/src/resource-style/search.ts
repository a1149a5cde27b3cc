/** What every search of the old style takes, in this order. */
export type Search<Result> = (
  start?: number,
  size?: number,
  sort?: string,
  freeText?: string,
  query?: string,
) => Promise<Result>;
