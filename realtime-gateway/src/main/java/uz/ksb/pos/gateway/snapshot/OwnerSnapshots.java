package uz.ksb.pos.gateway.snapshot;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import uz.ksb.pos.gateway.protocol.Channel;
import uz.ksb.pos.gateway.token.VerifiedToken;

/** Snapshots over HTTP with the subscriber's own token, so that the owner decides what it may see. */
public final class OwnerSnapshots implements Snapshots {
    private static final int CONNECTIONS_PER_OWNER = 32;
    private static final Buffer NOTHING = Buffer.buffer("null");

    private final OwnerConfig owners;
    private final HttpClient http;

    public OwnerSnapshots(Vertx vertx, OwnerConfig owners) {
        this.owners = owners;
        this.http = vertx.createHttpClient(
                new HttpClientOptions()
                        .setConnectTimeout((int) owners.timeout().toMillis())
                        .setDecompressionSupported(false),
                new PoolOptions().setHttp1MaxSize(CONNECTIONS_PER_OWNER));
    }

    @Override
    public CompletionStage<Snapshot> fetch(Channel channel, VerifiedToken verified) {
        return snapshot(channel, verified)
                .timeout(owners.timeout().toMillis(), TimeUnit.MILLISECONDS)
                .recover(failure -> Future.succeededFuture(new Snapshot.Unavailable()))
                .toCompletionStage();
    }

    private Future<Snapshot> snapshot(Channel channel, VerifiedToken verified) {
        return switch (channel.kind()) {
            case TOTALS -> get(owners.salesUrl() + "/api/totals", verified);
            case SALE -> get(owners.salesUrl() + "/api/sales/" + channel.saleId(), verified);
            case TILLS -> get(owners.salesUrl() + "/api/tills?limit=1000", verified);
            case RATES -> get(owners.productUrl() + "/api/currency-rates", verified);
            case SETTINGS -> settings(verified);
            case SALES, PRODUCTS, CUSTOMERS, SYNC -> Future.succeededFuture(new Snapshot.Unavailable());
        };
    }

    /** The user's and the device's own; a machine has no device. */
    private Future<Snapshot> settings(VerifiedToken verified) {
        Future<Snapshot> user = get(owners.settingsUrl() + "/api/users/me/settings", verified);
        String deviceId = verified.caller().deviceId();
        Future<Snapshot> device = deviceId == null
                ? Future.succeededFuture(new Snapshot.Value(NOTHING.getBytes()))
                : get(owners.settingsUrl() + "/api/devices/" + deviceId + "/settings", verified);
        return Future.all(user, device).map(both -> both(both.resultAt(0), both.resultAt(1)));
    }

    private static Snapshot both(Snapshot user, Snapshot device) {
        if (user instanceof Snapshot.Value ofUser && device instanceof Snapshot.Value ofDevice) {
            return new Snapshot.Value(("{\"user\":" + text(ofUser) + ",\"device\":" + text(ofDevice) + "}")
                    .getBytes(StandardCharsets.UTF_8));
        }
        return user instanceof Snapshot.Value ? device : user;
    }

    private static String text(Snapshot.Value value) {
        return new String(value.json(), StandardCharsets.UTF_8);
    }

    private Future<Snapshot> get(String address, VerifiedToken verified) {
        RequestOptions request = new RequestOptions()
                .setMethod(HttpMethod.GET)
                .setAbsoluteURI(address)
                .setTimeout(owners.timeout().toMillis())
                .putHeader("Authorization", "Bearer " + verified.token())
                .putHeader("Accept", "application/json");
        return send(request, CONNECTIONS_PER_OWNER).compose(OwnerSnapshots::read);
    }

    /**
     * An owner that was restarted has closed the connections that are kept, perhaps all of them: each attempt takes one
     * out of the pool, until a new one is opened.
     */
    private Future<HttpClientResponse> send(RequestOptions request, int closedConnections) {
        return http.request(request)
                .compose(HttpClientRequest::send)
                .recover(failure -> closedConnections > 0 && isOfClosedConnection(failure)
                        ? send(request, closedConnections - 1)
                        : Future.failedFuture(failure));
    }

    private static boolean isOfClosedConnection(Throwable failure) {
        return failure instanceof HttpClosedException
                || failure instanceof IOException && !(failure instanceof ConnectException);
    }

    private static Future<Snapshot> read(HttpClientResponse answer) {
        return answer.body().map(body -> switch (answer.statusCode()) {
            case 200 -> new Snapshot.Value(body.getBytes());
            case 404 -> new Snapshot.Value(NOTHING.getBytes());
            case 403 -> new Snapshot.Refused();
            default -> new Snapshot.Unavailable();
        });
    }
}
