/** Of one request, where nobody says otherwise. */
export const DEFAULT_TIMEOUT_SECONDS = 10;
/** Of all requests of a run, where nobody says otherwise. */
export const DEFAULT_DEADLINE_SECONDS = 30;
/** Of what waiting can cure, where nobody says otherwise. */
export const DEFAULT_RETRIES = 2;
