package uz.ksb.pos.sync;

import java.util.Map;
import uz.ksb.pos.platform.testing.BackOfficeResource;

/** The back office and the CRM of all enterprises. */
public class SyncBackOffice extends BackOfficeResource {
    @Override
    protected Map<String, String> configuration(String address) {
        return Map.of(
                "pos.back-office.url",
                address,
                "pos.back-office.user",
                USER,
                "pos.back-office.password",
                PASSWORD,
                "pos.crm.url",
                address + "/crm/sync-completed",
                "pos.crm.secret",
                CRM_SECRET,
                "pos.crm.pauses",
                "1s,1s",
                "pos.sync.retries",
                "100ms,100ms",
                "pos.sync.lease",
                "3s");
    }
}
