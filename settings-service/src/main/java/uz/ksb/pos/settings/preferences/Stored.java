package uz.ksb.pos.settings.preferences;

/**
 * Settings as they are stored.
 *
 * @param version 0: nothing is stored, this is what is usual
 */
public record Stored<T>(long version, T content) {}
