package uz.ksb.pos.settings.login;

import java.util.Map;
import uz.ksb.pos.platform.testing.BackOfficeResource;

/** The back office of the second sample enterprise, which also checks first passwords. */
public class SettingsBackOffice extends BackOfficeResource {
    @Override
    protected Map<String, String> configuration(String address) {
        return Map.of(
                "pos.login.back-office", "true",
                "pos.back-office.enterprise.\"10000002\".url", address,
                "pos.back-office.enterprise.\"10000002\".user", USER,
                "pos.back-office.enterprise.\"10000002\".password", PASSWORD);
    }
}
