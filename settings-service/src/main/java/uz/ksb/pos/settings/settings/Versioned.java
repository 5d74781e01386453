package uz.ksb.pos.settings.settings;

/**
 * Settings as they are stored.
 *
 * @param version 0: nothing is stored, this is what is usual
 */
public record Versioned<T>(long version, T content) {}
