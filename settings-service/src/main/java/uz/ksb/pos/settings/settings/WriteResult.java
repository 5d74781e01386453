package uz.ksb.pos.settings.settings;

/** What a write came to: the settings as they are now, and whether it was this write that changed them. */
record WriteResult<T>(Versioned<T> stored, boolean changed) {}
