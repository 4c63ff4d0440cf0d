package dev.gantry.client.shell.http;

import dev.gantry.client.shell.metrics.Counters;
import dev.gantry.client.shell.metrics.Histograms;
import java.io.IOException;
import okhttp3.HttpUrl;
import okhttp3.Interceptor;
import okhttp3.Request;
import okhttp3.Response;

/**
 * Counts the requests of a client to the API, and how long it took until their answers began.
 *
 * <p>Compat: {@code component-base/metrics/prometheus/restclient}.
 */
public final class RequestMetrics implements Interceptor {
    private static final double[] BOUNDS = {0.005, 0.025, 0.1, 0.25, 0.5, 1, 2, 4, 8, 15, 30, 60};

    /** Compat: the code of a request that was not answered. */
    private static final String UNANSWERED = "<error>";

    private final Counters requests =
            new Counters(
                    "rest_client_requests_total",
                    "Requests to the API by status, method and host.",
                    "code",
                    "host",
                    "method");
    private final Histograms durations =
            new Histograms(
                    "rest_client_request_duration_seconds",
                    "How long requests to the API took, by method and host.",
                    BOUNDS,
                    "host",
                    "verb");

    RequestMetrics() {}

    @Override
    public Response intercept(Chain chain) throws IOException {
        Request request = chain.request();
        String host = host(request.url());
        String code = UNANSWERED;
        long began = System.nanoTime();
        try {
            Response response = chain.proceed(request);
            code = Integer.toString(response.code());
            return response;
        } finally {
            durations.of(host, request.method()).addNanos(System.nanoTime() - began);
            requests.add(code, host, request.method());
        }
    }

    public void append(StringBuilder text) {
        requests.append(text);
        durations.append(text);
    }

    /** As it stands in the address, without a port that goes without saying. */
    private static String host(HttpUrl url) {
        String host = url.host().contains(":") ? "[" + url.host() + "]" : url.host();
        return url.port() == HttpUrl.defaultPort(url.scheme()) ? host : host + ":" + url.port();
    }
}
