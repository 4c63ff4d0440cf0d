package dev.gantry.gateway.shell.exchange;

import dev.gantry.model.refusal.Refusal;
import io.netty.channel.ConnectTimeoutException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import reactor.netty.http.client.PrematureCloseException;

/** The words for a place that does not answer. Compat: Go's, since they are what people look up. */
public final class Unreachable {
    private Unreachable() {}

    /**
     * @param place host and port
     */
    public static Refusal dialed(String place, Throwable fault) {
        return new Refusal.Internal("Internal error occurred: " + dialing(place, fault));
    }

    /** The same without a Status around it. */
    public static String dialing(String place, Throwable fault) {
        return "error dialing backend: dial tcp %s: %s".formatted(place, words(fault));
    }

    public static Refusal got(String url, Throwable fault) {
        return new Refusal.Internal(
                "Internal error occurred: Get \"%s\": %s".formatted(url, words(fault)));
    }

    /** Compat: of the proxies of pods, Services and nodes. */
    public static Refusal service(String place, Throwable fault) {
        return new Refusal.Unavailable(
                "error trying to reach service: " + words(place, fault), Duration.ZERO);
    }

    private static String words(String place, Throwable fault) {
        boolean isConnected = !(fault instanceof ConnectException);
        return isConnected ? words(fault) : "dial tcp %s: %s".formatted(place, words(fault));
    }

    private static String words(Throwable fault) {
        return switch (fault) {
            case ConnectTimeoutException _ -> "i/o timeout";
            case PrematureCloseException _ -> "EOF";
            case NoRouteToHostException _ -> "connect: no route to host";
            case ConnectException refused when isRefused(refused) -> "connect: connection refused";
            case SocketTimeoutException _ -> "i/o timeout";
            case HttpTimeoutException _ -> "i/o timeout";
            default ->
                    fault.getCause() != null
                            ? words(fault.getCause())
                            : String.valueOf(fault.getMessage());
        };
    }

    /** The JDK's client says nothing at all where a connection was refused. */
    private static boolean isRefused(ConnectException fault) {
        return fault.getMessage() == null || fault.getMessage().contains("refused");
    }
}
