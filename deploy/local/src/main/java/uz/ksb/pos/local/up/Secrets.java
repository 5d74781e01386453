package uz.ksb.pos.local.up;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Properties;

/** Passwords made at the first start and kept, readable for the owner only. */
public final class Secrets {

    static final String FILE = "passwords.properties";
    static final String SAMPLE_PASSWORD_FILE = "sample-password";

    private static final SecureRandom RANDOM = new SecureRandom();

    private final Path folder;

    private Secrets(Path folder) {
        this.folder = folder;
    }

    public static Secrets in(Path folder) {
        return new Secrets(folder);
    }

    /** The password of a login of the database server. */
    public String databasePassword(String login) {
        return kept(login);
    }

    /** The services' password at the back office's simulator. */
    String backOfficePassword() {
        return kept("back-office");
    }

    /** The secret by which the services know each other. */
    String serviceSecret() {
        return kept("services");
    }

    /** The key that signs requests to the CRM, in the form of the Standard Webhooks. */
    String webhookSecret() {
        return "whsec_" + Base64.getEncoder().encodeToString(HexFormat.of().parseHex(kept("crm-webhook")));
    }

    private synchronized String kept(String name) {
        try {
            Path file = folder.resolve(FILE);
            Properties known = new Properties();
            if (Files.exists(file)) {
                known.load(new StringReader(Files.readString(file)));
            }
            if (!known.containsKey(name)) {
                known.setProperty(name, random(24));
                StringWriter text = new StringWriter();
                known.store(text, "made at the first start");
                write(file, text.toString());
            }
            return known.getProperty(name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The password of the sample users and clients: the given one, or the one made at the first start. */
    String samplePassword(String given) {
        try {
            Path file = folder.resolve(SAMPLE_PASSWORD_FILE);
            if (given != null && !given.isBlank()) {
                write(file, given + "\n");
                return given;
            }
            if (!Files.exists(file)) {
                write(file, random(6) + "\n");
            }
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String random(int bytes) {
        byte[] drawn = new byte[bytes];
        RANDOM.nextBytes(drawn);
        return HexFormat.of().formatHex(drawn);
    }

    private static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        if (!Files.exists(file)) {
            Files.createFile(file);
        }
        onlyForOwner(file, "rw-------");
        Files.writeString(file, text);
    }

    static void onlyForOwner(Path path, String permissions) throws IOException {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
    }
}
