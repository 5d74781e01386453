package uz.ksb.pos.sync;

import java.util.Map;
import uz.ksb.pos.platform.testing.BackOfficeResource;

/** The back office and the CRM of all enterprises. */
public class SyncBackOffice extends BackOfficeResource {
    static final int MAX_READERS = 4;
    static final int MAX_SLOW_READERS = 8;

    @Override
    protected Map<String, String> configuration(String address) {
        return Map.ofEntries(
                Map.entry("pos.back-office.url", address),
                Map.entry("pos.back-office.user", USER),
                Map.entry("pos.back-office.password", PASSWORD),
                Map.entry("pos.crm.url", address + "/crm/sync-completed"),
                Map.entry("pos.crm.licence-url", address + "/ksb-info/"),
                Map.entry("pos.crm.secret", CRM_SECRET),
                Map.entry("pos.crm.pauses", "1s,1s"),
                Map.entry("pos.sync.max-readers", Integer.toString(MAX_READERS)),
                Map.entry("pos.sync.max-slow-readers", Integer.toString(MAX_SLOW_READERS)),
                Map.entry("pos.sync.slow-after", "500ms"),
                Map.entry("pos.sync.lease", "3s"));
    }
}
