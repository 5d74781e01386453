package uz.ksb.pos.settings.preferences;

/** What a write came to: the settings as they are now, and whether it was this write that changed them. */
record Written<T>(Stored<T> stored, boolean changed) {}
