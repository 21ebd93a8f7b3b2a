/** The dialect makes no HTTP requests. */
const requests = [];
