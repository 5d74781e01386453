package uz.ksb.pos.platform.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Clock;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CertificateMetricsTest {
    private static final String PASSWORD = "changeit";
    private static final double DAY = 86_400;

    @TempDir
    private Path folder;

    /** Whether anybody trusts it or not. */
    @ParameterizedTest
    @CsvSource({"-20d, 30, 10", "-20d, 18, -2"})
    void theRestOfTheCertificateIsShown(String from, int days, int left) throws Exception {
        HttpsServer server = server(from, days);
        try {
            CertificateMetrics metrics = new CertificateMetrics(
                    Clock.systemUTC(),
                    Optional.of("https://localhost:" + server.getAddress().getPort() + "/.well-known/jwks.json"));
            assertThat(metrics.left()).isNaN();

            metrics.look();

            assertThat(metrics.left()).isBetween((left - 0.1) * DAY, (left + 0.1) * DAY);
        } finally {
            server.stop(0);
        }
    }

    @Test
    void withoutHttpsThereIsNone() {
        for (String keys : new String[] {"http://127.0.0.1:1/jwks.json", "https://127.0.0.1:1/jwks.json"}) {
            CertificateMetrics metrics = new CertificateMetrics(Clock.systemUTC(), Optional.of(keys));
            metrics.look();
            assertThat(metrics.left()).isNaN();
        }
    }

    private HttpsServer server(String from, int days) throws Exception {
        Path store = folder.resolve("server.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "server",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=localhost",
                        "-startdate",
                        from,
                        "-validity",
                        Integer.toString(days),
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        PASSWORD)
                .inheritIO()
                .start();
        assertThat(keytool.waitFor()).isZero();
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
        return server;
    }
}
