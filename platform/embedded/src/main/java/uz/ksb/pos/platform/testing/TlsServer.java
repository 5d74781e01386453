package uz.ksb.pos.platform.testing;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** Shows a certificate that nobody trusts, and has no page. */
public final class TlsServer implements AutoCloseable {
    private static final String PASSWORD = "changeit";
    private static final int BEGUN_DAYS = 20;

    private final HttpsServer server;

    private TlsServer(HttpsServer server) {
        this.server = server;
    }

    /**
     * One whose certificate has begun some days ago.
     *
     * @param left days from now on; -18 to 365
     * @param folder for its key
     */
    public static TlsServer withDaysLeft(int left, Path folder)
            throws IOException, InterruptedException, GeneralSecurityException {
        Path store = folder.resolve("server" + left + ".p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=localhost",
                        "-startdate",
                        "-" + BEGUN_DAYS + "d",
                        "-validity",
                        Integer.toString(BEGUN_DAYS + left),
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        PASSWORD)
                .inheritIO()
                .start();
        if (keytool.waitFor() != 0) {
            throw new IllegalStateException("keytool has made no key");
        }
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream file = Files.newInputStream(store)) {
            keys.load(file, PASSWORD.toCharArray());
        }
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, PASSWORD.toCharArray());
        SSLContext tls = SSLContext.getInstance("TLS");
        tls.init(managers.getKeyManagers(), null, null);
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(tls));
        server.start();
        return new TlsServer(server);
    }

    /** Such as {@code https://localhost:40123/keys.json}. */
    public String address() {
        return "https://localhost:" + server.getAddress().getPort() + "/keys.json";
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
