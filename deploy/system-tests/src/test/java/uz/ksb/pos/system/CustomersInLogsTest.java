package uz.ksb.pos.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import uz.ksb.pos.platform.event.Ids;

/** No log tells who the customers are. After the tests that make some, and before the one that ends the system they share. */
@Order(Integer.MAX_VALUE - 2)
@ExtendWith(SharedSystem.class)
class CustomersInLogsTest {
    private final RunningSystem system;

    CustomersInLogsTest(RunningSystem system) {
        this.system = system;
    }

    /** Names and phone numbers that the shared system's database holds. */
    @Test
    void noLogHoldsACustomer() throws IOException, SQLException {
        String admin = system.api().loggedIn(TillWindow.KSB_ID, "admin").token();
        assertThat(system.api()
                        .post(
                                "/api/customers",
                                admin,
                                Map.of("id", Ids.next(), "name", "Sadriddin Qo'ldoshev", "phone", "+998935550167"))
                        .status())
                .isEqualTo(201);
        List<Pattern> customers = new ArrayList<>();
        try (Connection connection = system.salesDatabase();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "select unnest(array[name, phone]) from customers order by version desc, id limit 500")) {
            while (rows.next()) {
                // A first name alone, or a number of a few digits, might stand anywhere.
                if (rows.getString(1).length() >= LogsTest.MIN_SECRET_LENGTH
                        && rows.getString(1).matches(".*[ 0-9].*")) {
                    customers.add(Pattern.compile(Pattern.quote(rows.getString(1))));
                }
            }
        }
        assertThat(customers).isNotEmpty();
        List<String> found = new ArrayList<>();
        for (Path log : LogsTest.logs(system.state())) {
            found.addAll(LogsTest.find(log, customers));
        }
        assertThat(found).isEmpty();
    }
}
