package uz.ksb.pos.settings.client;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** A machine of one enterprise. */
@Entity
@Table(name = "clients")
public class Client {
    @Id
    private String clientId;

    private String ksbId;
    private String name;
    private String secretHash;

    protected Client() {}

    static Client add(String ksbId, String name, String secretHash) {
        Client client = new Client();
        client.clientId = id(ksbId, name);
        client.ksbId = ksbId;
        client.name = name;
        client.secretHash = secretHash;
        return client;
    }

    /** Unique beyond the enterprise, because a token request names nothing else. */
    static String id(String ksbId, String name) {
        return ksbId + "-" + name;
    }

    View view() {
        return new View(clientId, name);
    }

    /** A client as an ADMIN sees it. */
    record View(String clientId, String name) {}

    String clientId() {
        return clientId;
    }

    String ksbId() {
        return ksbId;
    }

    String secretHash() {
        return secretHash;
    }
}
