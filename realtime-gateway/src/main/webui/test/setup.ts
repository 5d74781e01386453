import 'fake-indexeddb/auto';

// React waits for effects only when it knows that a test is running.
(globalThis as { IS_REACT_ACT_ENVIRONMENT?: boolean }).IS_REACT_ACT_ENVIRONMENT = true;
