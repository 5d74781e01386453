package uz.ksb.pos.sales.delivery;

import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;
import uz.ksb.pos.platform.testing.BackOfficeResource;

/** The back offices of the enterprises 30000001 to 30000500; others have none. */
public class SalesBackOffice extends BackOfficeResource {
    private static final int FIRST = 30_000_001;
    private static final int LAST = 30_000_500;

    /** One of them. */
    static final String TAKES_NO_RETURNS = "30000100";

    @Override
    protected Map<String, String> configuration(String address) {
        Map<String, String> configuration = new HashMap<>(Map.of(
                "pos.back-office.first-pause",
                "50ms",
                "pos.back-office.longest-pause",
                "300ms",
                "pos.back-office.check-method",
                "check_sales",
                "pos.back-office.user",
                USER,
                "pos.back-office.password",
                PASSWORD,
                "pos.back-office.enterprise.\"" + TAKES_NO_RETURNS + "\".returns",
                "HOLD"));
        IntStream.rangeClosed(FIRST, LAST)
                .forEach(ksbId -> configuration.put("pos.back-office.enterprise.\"" + ksbId + "\".url", address));
        return configuration;
    }
}
