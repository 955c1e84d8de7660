/** The version this page was built for: the workspace's own, put in by vite.config.ts. */
declare const AKKOORD_VERSION: string;

export const version: string = AKKOORD_VERSION;
