package uz.ksb.pos.settings.user;

import java.util.UUID;
import uz.ksb.pos.platform.caller.Role;

/** A user as an ADMIN sees them; also the data of {@code user.disabled}. */
public record UserView(
        UUID id,
        String login,
        String displayName,
        Role role,
        boolean active,
        boolean hasPassword,
        boolean hasPin,
        long version) {}
