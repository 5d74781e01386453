package uz.ksb.pos.settings.bootstrap;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;
import java.util.stream.StreamSupport;
import uz.ksb.pos.platform.caller.Role;
import uz.ksb.pos.settings.enterprise.DeviceApproval;
import uz.ksb.pos.settings.password.Passwords;

/** The two sample shops with their users, settings and back-office clients. */
@ApplicationScoped
class SampleEnterprises {
    private static final List<Sample> SAMPLES = List.of(
            new Sample("10000001", "Namuna do'koni", "UZS", "UZS=100"),
            new Sample("10000002", "Online Retail namunasi", "GBP", ""));
    private static final List<Person> PEOPLE = List.of(
            new Person("admin", "Administrator", Role.ADMIN),
            new Person("menejer", "Menejer", Role.MANAGER),
            new Person("kassir", "Kassir", Role.CASHIER));

    private final SampleConfig config;
    private final Seeding seeding;
    private final Passwords passwords;

    SampleEnterprises(SampleConfig config, Seeding seeding, Passwords passwords) {
        this.config = config;
        this.seeding = seeding;
        this.passwords = passwords;
    }

    private record Sample(String ksbId, String name, String currency, String cashRoundings) {
        String clientId() {
            return ksbId + "-backoffice";
        }
    }

    private record Person(String login, String displayName, Role role) {
        UUID id(Sample sample) {
            return UUID.nameUUIDFromBytes(
                    (sample.ksbId + "/" + login).getBytes(java.nio.charset.StandardCharsets.UTF_8));
        }
    }

    void addMissing() {
        if (config.data()) {
            SAMPLES.forEach(this::addEnterprise);
            String hash = hash();
            SAMPLES.forEach(sample -> addPeople(sample, hash));
        }
    }

    /**
     * One hash for all: the samples share one password, and a start computes one hash at most.
     *
     * @return the stored hash if it was made from the configured password
     */
    private String hash() {
        String password = config.password()
                .orElseThrow(() -> new IllegalStateException("pos.sample.data needs pos.sample.password"));
        var stored = seeding.run(
                "select secret_hash from clients where client_id = $1",
                SAMPLES.getFirst().clientId());
        return StreamSupport.stream(stored.spliterator(), false)
                .map(row -> row.getString(0))
                .filter(hash -> passwords.verifyNow(password, hash))
                .findFirst()
                .orElseGet(() -> passwords.hashNow(password));
    }

    private void addEnterprise(Sample sample) {
        seeding.addEnterprise(
                sample.ksbId, sample.name, sample.currency, sample.cashRoundings, DeviceApproval.AUTOMATIC);
    }

    private void addPeople(Sample sample, String hash) {
        PEOPLE.forEach(person -> addPerson(sample, person, hash));
        seeding.run("""
                insert into clients as stored (client_id, ksb_id, name, secret_hash) values ($1, $2, 'backoffice', $3)
                on conflict (client_id) do update set secret_hash = excluded.secret_hash
                where stored.secret_hash <> excluded.secret_hash""", sample.clientId(), sample.ksbId, hash);
    }

    private void addPerson(Sample sample, Person person, String hash) {
        seeding.run("""
                insert into users as stored (id, user_id, ksb_id, login, login_key, display_name, role, password_hash)
                values ($1, $1, $2, $3, $3, $4, $5, $6)
                on conflict (ksb_id, login_key) do update set password_hash = excluded.password_hash,
                    session_version = stored.session_version + 1
                where stored.password_hash is distinct from excluded.password_hash""", person.id(sample), sample.ksbId, person.login, person.displayName, person.role.name(), hash);
        seeding.run(
                "insert into user_settings (id, version, content) values ($1, 1, $2) on conflict do nothing",
                person.id(sample),
                settings(sample, person));
    }

    private static JsonObject settings(Sample sample, Person person) {
        boolean trusted = person.role != Role.CASHIER;
        return new JsonObject()
                .put("language", "uz-Latn")
                .put("theme", "system")
                .put("currency", sample.currency)
                .put("warehouses", choices("asosiy", "ombor-2"))
                .put("priceTypes", choices("chakana", "ulgurji"))
                .put("cashDesks", new JsonArray().add(desk("CASH", "naqd")).add(desk("CARD", "terminal")))
                .put("maxDiscountPercent", trusted ? null : "5")
                .put("mayChangePrice", trusted)
                .put("maySeePurchasePrice", trusted)
                .put("maySeeTotals", true);
    }

    private static JsonArray choices(String main, String other) {
        return new JsonArray()
                .add(new JsonObject().put("id", main).put("main", true))
                .add(new JsonObject().put("id", other).put("main", false));
    }

    private static JsonObject desk(String kind, String id) {
        return new JsonObject().put("kind", kind).put("id", id);
    }
}
