package uz.ksb.pos.platform.testing;

import static io.restassured.RestAssured.given;

import io.restassured.path.json.JsonPath;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One enterprise's simulated back office, seen from its own side. The README of the simulator tells the shapes. */
public record SimulatedBackOffice(String ksbId) {
    static final String ADDRESS = "pos.test.back-office";

    /** A request as it arrived, with the fault that struck it. */
    public record Request(String method, String ksbId, String deviceId, String fault, String body) {
        public JsonPath json() {
            return JsonPath.from(body);
        }
    }

    /** Orders faults of one method for this enterprise. */
    public void misbehave(String method, Map<String, Object> faults) {
        Map<String, Object> order = new HashMap<>(faults);
        order.put("method", method);
        misbehave(order);
    }

    /** Orders faults of all methods for this enterprise. */
    public void misbehave(Map<String, Object> faults) {
        order("faults", faults);
    }

    /** Has a method answer this text, whatever it is asked. */
    public void answer(String method, String body) {
        misbehave(method, Map.of("status", 200, "body", body));
    }

    /** Orders nothing more for any enterprise. */
    public static void worksAgain() {
        given().delete(address("faults")).then().statusCode(200);
    }

    public void product(Map<String, Object> product) {
        order("products", product);
    }

    public void user(Map<String, Object> user) {
        order("users", user);
    }

    /** The documents by their id, in the order in which they were stored. */
    public List<String> documents() {
        return sales().getList("sales.document");
    }

    /** The documents, with counts. */
    public JsonPath sales() {
        return ask("sales");
    }

    /** Deletes the document, as a person does there. */
    public void delete(Object id) {
        given().delete(address("sales/" + id) + "?ksb_id=" + ksbId).then().statusCode(200);
    }

    /** The document as it was sent. */
    public JsonPath document(Object id) {
        return ask("sales?document=" + id).setRootPath("sales[0].sale");
    }

    public JsonPath confirmations() {
        return ask("confirmations");
    }

    /** The CRM's requests about this enterprise that it accepted or refused. */
    public JsonPath crm() {
        return ask("crm");
    }

    /** The requests to a method, in their order. */
    public List<Request> requests(String method) {
        return ask("requests?method=" + method).getList("requests", Request.class);
    }

    private void order(String what, Map<String, Object> order) {
        Map<String, Object> body = new HashMap<>(order);
        body.put("ksbId", ksbId);
        given().contentType("application/json")
                .body(body)
                .post(address(what))
                .then()
                .statusCode(200);
    }

    private JsonPath ask(String question) {
        return given().get(address(question) + (question.contains("?") ? "&" : "?") + "ksb_id=" + ksbId)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    private static String address(String path) {
        return System.getProperty(ADDRESS) + "/_sim/" + path;
    }
}
