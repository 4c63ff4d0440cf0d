package dev.gantry.gateway.audit;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.util.List;

/**
 * The body of one request to a webhook.
 *
 * @param count how many events it holds
 */
public record EventList(byte[] body, int count) {
    private static final byte[] HEAD =
            "{\"kind\":\"EventList\",\"apiVersion\":\"audit.k8s.io/v1\",\"metadata\":{},\"items\":["
                    .getBytes(US_ASCII);
    private static final byte[] TAIL = "]}".getBytes(US_ASCII);

    /**
     * @param events each encoded as JSON
     */
    static EventList of(List<byte[]> events) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes(HEAD);
        for (int i = 0; i < events.size(); i++) {
            if (i > 0) {
                body.write(',');
            }
            body.writeBytes(events.get(i));
        }
        body.writeBytes(TAIL);
        return new EventList(body.toByteArray(), events.size());
    }
}
