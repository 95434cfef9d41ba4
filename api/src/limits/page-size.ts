/** Items of a connection that is asked for without `first` or `last`. */
export const defaultPage = 50;

/** Most items of a connection's page. */
export const maxPage = 200;
