package dev.gantry.state.shell.webhook;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import okhttp3.HttpUrl;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Failures of a call as Go's HTTP client puts them, since people and tests look for these. */
public final class GoWords {
    static final String TIMED_OUT = "context deadline exceeded";
    private static final int SHOWN_CHARACTERS = 2048;

    private GoWords() {}

    public static String of(IOException failed, HttpUrl url) {
        return switch (failed) {
            case InterruptedIOException _ -> TIMED_OUT;
            case ConnectException _ ->
                    "dial tcp %s:%d: connect: connection refused".formatted(url.host(), url.port());
            case UnknownHostException _ ->
                    "dial tcp: lookup %s: no such host".formatted(url.host());
            case SSLPeerUnverifiedException _ ->
                    "tls: failed to verify certificate: x509: certificate is not valid for any"
                            + " names, but wanted to match "
                            + url.host();
            case SSLException tls ->
                    String.valueOf(tls.getMessage()).contains("path")
                            ? "tls: failed to verify certificate: x509: certificate signed by"
                                    + " unknown authority"
                            : "tls: " + tls.getMessage();
            default -> String.valueOf(failed.getMessage());
        };
    }

    /** Compat: {@code NewGenericServerResponse}, or what the webhook itself says of it. */
    static String ofStatus(int code, byte[] body, boolean isText) {
        String said = messageOf(body);
        if (!said.isEmpty()) {
            return said;
        }
        return switch (code) {
            case 400 -> "the server rejected our request for an unknown reason";
            case 401 -> "the server has asked for the client to provide credentials";
            case 403 -> isText ? text(body) : "unknown";
            case 404 -> "the server could not find the requested resource";
            case 405 -> "the server does not allow this method on the requested resource";
            case 415 ->
                    "the server was unable to respond with a content type that the client supports";
            case 429 ->
                    "the server has received too many requests and has asked us to try again later";
            case 503 -> "the server is currently unable to handle the request";
            case 504 ->
                    "the server was unable to return a response in the time allotted, but may still"
                            + " be processing the request";
            default ->
                    code >= 500
                            ? "an error on the server (\"%s\") has prevented the request from succeeding"
                                    .formatted(isText ? text(body) : "unknown")
                            : "the server responded with the status code %d but did not return more information"
                                    .formatted(code);
        };
    }

    /** Something that says of itself that it is no review. */
    static Optional<String> ofForeignKind(JsonNode question, JsonNode review) {
        String kind = review.path("kind").asString("");
        String apiVersion = review.path("apiVersion").asString("");
        String asked = question.path("apiVersion").asString("");
        String group = asked.substring(0, asked.indexOf('/') + 1);
        boolean isForeign =
                !kind.isEmpty()
                        && !(kind.equals(question.path("kind").asString(""))
                                && apiVersion.startsWith(group));
        return isForeign
                ? Optional.of(
                        "no kind \"%s\" is registered for version \"%s\" in scheme \"k8s.io/apiserver/pkg/util/webhook/client.go:71\""
                                .formatted(kind, apiVersion))
                : Optional.empty();
    }

    private static String messageOf(byte[] body) {
        try {
            JsonNode status = JsonMapper.shared().readTree(body);
            return status.path("kind").asString("").equals("Status")
                    ? status.path("message").asString("")
                    : "";
        } catch (JacksonException noJson) {
            return "";
        }
    }

    private static String text(byte[] body) {
        String text = new String(body, StandardCharsets.UTF_8).strip();
        return text.isEmpty()
                ? "unknown"
                : text.substring(0, Math.min(text.length(), SHOWN_CHARACTERS));
    }
}
