package dev.gantry.model.exchange;

import java.util.SortedMap;
import java.util.function.BiConsumer;

/** What goes back to the client. {@code headers} never holds Content-Type or Content-Length. */
public sealed interface ApiReply {
    /**
     * The header in which admission says what belongs into the audit log: an object of texts, in
     * JSON. It is for the gateway and goes no further.
     */
    String AUDIT_ANNOTATIONS = "X-Gantry-Audit-Annotations";

    /**
     * The header of a reply that is none: what has to be judged first. The gateway sends the call
     * again, with {@link ApiCall#VERDICTS}.
     */
    String ASKED_ACCESS = "X-Gantry-Asked-Access";

    int code();

    String contentType();

    /** Several headers of one name are lines of its value. */
    SortedMap<String, String> headers();

    /** Tells each header that is to be written, one by one. */
    default void forEachHeader(BiConsumer<String, String> writer) {
        headers()
                .forEach(
                        (name, values) -> {
                            for (String value : values.split("\n", -1)) {
                                writer.accept(name, value);
                            }
                        });
    }

    /** The receiver does not change {@code body}: it may be the very bytes the store keeps. */
    record Whole(int code, String contentType, SortedMap<String, String> headers, byte[] body)
            implements ApiReply {}

    /** A body of unknown length; the receiver closes {@code frames} in every case. */
    record Streaming(
            int code, String contentType, SortedMap<String, String> headers, FrameSource frames)
            implements ApiReply {}
}
