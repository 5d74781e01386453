package uz.ksb.pos.platform.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * The metric {@code pos.certificate.left.seconds}: how long the certificate is valid by which this service, as every till does,
 * reaches the public address. Negative after its end; no number where keys of tokens do not come over https.
 */
@ApplicationScoped
class CertificateMetrics {
    private static final Logger LOG = Logger.getLogger(CertificateMetrics.class);
    private static final int TIMEOUT_MILLIS = (int) Duration.ofSeconds(10).toMillis();
    private static final int HTTPS = 443;

    private final Clock clock;
    private final Optional<URI> address;
    private volatile Instant end;

    CertificateMetrics(Clock clock, @ConfigProperty(name = "mp.jwt.verify.publickey.location") Optional<String> keys) {
        this.clock = clock;
        address = keys.filter(location -> location.startsWith("https:")).map(URI::create);
    }

    void register(@Observes StartupEvent started, MeterRegistry metrics) {
        Gauge.builder("pos.certificate.left.seconds", this, CertificateMetrics::left)
                .description("How long the certificate of the public address is valid")
                .register(metrics);
    }

    double left() {
        return end == null ? Double.NaN : Duration.between(clock.instant(), end).toSeconds();
    }

    @Scheduled(every = "1h", delayed = "10s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void look() {
        address.ifPresent(shown -> {
            try {
                end = end(shown);
            } catch (IOException | GeneralSecurityException e) {
                // Those that need the keys tell more.
                LOG.debugf("The certificate of %s cannot be seen: %s", shown.getHost(), e);
            }
        });
    }

    private static Instant end(URI address) throws IOException, GeneralSecurityException {
        Shown shown = new Shown();
        SSLContext tls = SSLContext.getInstance("TLS");
        tls.init(null, new TrustManager[] {shown}, null);
        int port = address.getPort() < 0 ? HTTPS : address.getPort();
        try (Socket connected = new Socket()) {
            connected.connect(new InetSocketAddress(address.getHost(), port), TIMEOUT_MILLIS);
            connected.setSoTimeout(TIMEOUT_MILLIS);
            try (SSLSocket socket =
                    (SSLSocket) tls.getSocketFactory().createSocket(connected, address.getHost(), port, true)) {
                socket.startHandshake();
            }
        }
        return shown.end;
    }

    /** Looks at the certificate and trusts nobody with anything: an ended one is to be seen too. */
    private static final class Shown implements X509TrustManager {
        private Instant end;

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authentication) {
            end = chain[0].getNotAfter().toInstant();
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authentication) {
            throw new UnsupportedOperationException("no client is asked");
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
