package uz.ksb.pos.platform.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import uz.ksb.pos.platform.caller.Claims;
import uz.ksb.pos.platform.caller.Role;
import uz.ksb.pos.platform.testing.Endpoints.Endpoint;
import uz.ksb.pos.platform.testing.Endpoints.Parameter;

/**
 * Tries each endpoint that the OpenAPI document names with tokens that must not open it: another enterprise's, a till's, none. A
 * service has a test class that extends this one. A new endpoint fails here until it has an example.
 */
public abstract class TenantRules {
    /** The relay moves events from one to the other at any time; what they tell of is compared itself. */
    private static final Set<String> RELAYED = Set.of("outbox", "outbox_sent");

    private static final List<String> TILLS = List.of("UNKNOWN", "PENDING", "APPROVED", "BLOCKED");

    /** Makes something of each kind in our enterprise. Called once for each kind of token. */
    protected abstract void givenSomethingEverywhere() throws Exception;

    protected abstract String ours();

    /** Endpoints that need no token of a user, as {@code GET /path}; all others do. */
    protected abstract Set<String> open();

    /** A token of another enterprise's user, or machine, who may call the endpoint there. */
    protected abstract String foreignToken(String endpoint);

    /** The token of a till of ours with this status: UNKNOWN, PENDING, APPROVED or BLOCKED. */
    protected abstract String tillToken(String status) throws Exception;

    /** The status of the answer to a till that shows its token alone, in the header for it. */
    protected int answerToTill(String status, String endpoint) {
        return 401;
    }

    /**
     * The value of a parameter in the path that names something of ours; null when the parameter of this endpoint names
     * nothing that belongs to an enterprise.
     */
    protected abstract String ours(String endpoint, String parameter);

    /** A good body; null: there is none. Fails when the endpoint is not known. */
    protected abstract Object body(String endpoint);

    /** The query that the endpoint needs, with its question mark. */
    protected String parameters(String endpoint) {
        return "";
    }

    /** Texts that stand in answers about ours only. */
    protected abstract List<String> secrets(String endpoint);

    /** Whether the endpoint makes something of the caller's own under the name that ours has. */
    protected boolean makesTheirOwn(String endpoint) {
        return false;
    }

    /** The status of another enterprise's call; 0: 404 when it names something of ours, else any success. */
    protected int answerToForeigner(String endpoint) {
        return 0;
    }

    /** Tables of ours that do not name their enterprise: a query for each, which gives rows as text. */
    protected List<String> otherTables() {
        return List.of();
    }

    /** Tables that the service writes by itself at any time. */
    protected Set<String> restless() {
        return Set.of();
    }

    @TestFactory
    public Stream<DynamicTest> anotherEnterprisesAdminNeitherSeesNorChangesAnything() throws Exception {
        givenSomethingEverywhere();
        // At the end those after which something of theirs has our name.
        return closed().sorted(Comparator.comparing(endpoint -> makesTheirOwn(endpoint.toString())))
                .map(endpoint -> DynamicTest.dynamicTest(endpoint.toString(), () -> assertForeign(endpoint)));
    }

    private void assertForeign(Endpoint endpoint) throws Exception {
        String name = endpoint.toString();
        String before = everythingOfOurs();
        Response answer = call(json().auth().oauth2(foreignToken(name)), endpoint);
        if (answerToForeigner(name) != 0) {
            assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(answerToForeigner(name));
        } else if (namesOurs(endpoint) && !makesTheirOwn(name)) {
            assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(404);
        } else {
            assertThat(answer.statusCode()).as(answer.asString()).isLessThan(300);
        }
        assertThat(answer.asString()).doesNotContain(secrets(name).toArray(String[]::new));
        assertThat(everythingOfOurs()).isEqualTo(before);
    }

    @TestFactory
    public Stream<DynamicTest> aTillsTokenOpensWhatIsForTillsOnly() throws Exception {
        givenSomethingEverywhere();
        return TILLS.stream().flatMap(status -> endpoints()
                .map(endpoint -> DynamicTest.dynamicTest(status + " " + endpoint, () -> assertTill(status, endpoint))));
    }

    private void assertTill(String status, Endpoint endpoint) throws Exception {
        String token = tillToken(status);
        if (!open().contains(endpoint.toString())) {
            assertThat(call(json().auth().oauth2(token), endpoint).statusCode())
                    .as("as a user's token")
                    .isEqualTo(401);
        }
        assertThat(call(json().header("X-Device-Token", token), endpoint).statusCode())
                .as("as a till's token")
                .isEqualTo(answerToTill(status, endpoint.toString()));
    }

    @TestFactory
    public Stream<DynamicTest> nobodyIsLetInWithoutAToken() throws Exception {
        givenSomethingEverywhere();
        return closed().map(endpoint -> DynamicTest.dynamicTest(
                endpoint.toString(),
                () -> assertThat(call(json(), endpoint).statusCode()).isEqualTo(401)));
    }

    @TestFactory
    public Stream<DynamicTest> aManagersApprovalOpensNothing() throws Exception {
        givenSomethingEverywhere();
        String approval = approval();
        return closed().map(endpoint -> DynamicTest.dynamicTest(endpoint.toString(), () -> assertThat(
                        call(json().auth().oauth2(approval), endpoint).statusCode())
                .isEqualTo(401)));
    }

    /** A manager's approval of one sale of ours. */
    protected String approval() {
        return Tokens.of(ours(), Role.ADMIN)
                .with("aud", Claims.APPROVAL_AUDIENCE)
                .with(Claims.SALE_ID, "0193b0f2-7c3a-7e6b-9c7d-0123456789ab")
                .sign();
    }

    private static Stream<Endpoint> endpoints() {
        return Endpoints.all().stream().filter(endpoint -> endpoint.path().startsWith("/api/"));
    }

    private Stream<Endpoint> closed() {
        return endpoints().filter(endpoint -> !open().contains(endpoint.toString()));
    }

    private static RequestSpecification json() {
        return RestAssured.given().contentType(ContentType.JSON);
    }

    private boolean namesOurs(Endpoint endpoint) {
        return inPath(endpoint).anyMatch(one -> ours(endpoint.toString(), one.name()) != null);
    }

    private static Stream<Parameter> inPath(Endpoint endpoint) {
        return endpoint.parameters().stream().filter(parameter -> parameter.in().equals("path"));
    }

    private Response call(RequestSpecification as, Endpoint endpoint) {
        String path = endpoint.path();
        for (Parameter parameter : inPath(endpoint).toList()) {
            String value = ours(endpoint.toString(), parameter.name());
            path = path.replace("{" + parameter.name() + "}", value == null ? parameter.sample() : value);
        }
        Object body = body(endpoint.toString());
        return (body == null ? as : as.body(body)).request(endpoint.method(), path + parameters(endpoint.toString()));
    }

    /** For {@link #body}: an endpoint that only reads needs none. */
    protected static Object noBody(String endpoint) {
        assertThat(endpoint).as("an endpoint with an example").startsWith("GET ");
        return null;
    }

    /** All rows of ours: equal texts, nothing was changed. */
    protected String everythingOfOurs() throws SQLException {
        List<String> rows = new ArrayList<>();
        try (Connection database = TestInfrastructure.database()) {
            List<String> queries = new ArrayList<>(otherTables());
            for (String table : tables(database)) {
                queries.add("select t::text from " + table + " t where ksb_id = '" + ours() + "'");
            }
            for (String query : queries) {
                try (ResultSet found = database.createStatement()
                        .executeQuery("select row from (" + query + ") as all_rows (row) order by row")) {
                    while (found.next()) {
                        rows.add(query + ": " + found.getString(1));
                    }
                }
            }
        }
        assertThat(rows).isNotEmpty();
        return String.join("\n", rows);
    }

    private Set<String> tables(Connection database) throws SQLException {
        Set<String> tables = new TreeSet<>();
        try (ResultSet found = database.createStatement().executeQuery("""
                select c.table_name from information_schema.columns c join information_schema.tables t using (table_schema, table_name)
                where c.column_name = 'ksb_id' and t.table_type = 'BASE TABLE' and c.table_schema = 'public'""")) {
            while (found.next()) {
                tables.add(found.getString(1));
            }
        }
        tables.removeAll(restless());
        tables.removeAll(RELAYED);
        return tables;
    }
}
