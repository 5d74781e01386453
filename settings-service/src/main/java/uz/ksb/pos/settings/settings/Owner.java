package uz.ksb.pos.settings.settings;

import java.util.UUID;

/** The user or till that the settings belong to. */
sealed interface Owner {
    UUID id();

    String ksbId();

    /** A user; {@code id} is ours, {@code userId} is the one that others know. */
    record OfUser(UUID id, String ksbId, UUID userId, String login) implements Owner {}

    /** A till; {@code id} is ours, {@code deviceId} the till's own. */
    record OfDevice(UUID id, String ksbId, UUID deviceId) implements Owner {}
}
