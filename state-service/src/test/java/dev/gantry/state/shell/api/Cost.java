package dev.gantry.state.shell.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.gantry.model.exchange.ApiReply;
import java.lang.management.ManagementFactory;
import java.util.Map;

/**
 * What a request took, counted and not timed: the bytes that its thread allocated, and those of the
 * answer.
 *
 * <p>Much of what is allocated is dropped at once, so that far less is held at any moment.
 */
record Cost(int code, long allocated, int answered) {
    /** Texts are read, copied, quoted and written again. */
    private static final long PER_BYTE = 100;

    /**
     * A value of two bytes becomes a node, say a container with its defaults, in a tree that is
     * copied some times, and each of its fields is judged.
     */
    private static final long PER_VALUE = 10_000;

    /** Also a small body may have errors that quote, and patches that copy, up to their bounds. */
    private static final long FOR_ALL = 32L << 20;

    private static final int LONGEST_ANSWER = 16 << 20;
    private static final int MOST_VALUES = 100_000;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /** One request; {@code stored} is how much there is already of what it looks at. */
    record Request(
            String method, String path, byte[] body, Map<String, String> headers, int stored) {
        Request(String method, String path, byte[] body, String contentType) {
            this(method, path, body, Map.of("content-type", contentType), 0);
        }

        Request over(int bytes) {
            return new Request(method, path, body, headers, bytes);
        }

        /** Never fewer than there are, operators of expressions among them. */
        long values() {
            long marks = 0;
            for (byte each : body) {
                marks += ",:[{|".indexOf(each) >= 0 ? 1 : 0;
            }
            return Math.min(MOST_VALUES, marks + stored);
        }

        int bytes() {
            int head = path.length();
            for (var each : headers.entrySet()) {
                head += each.getKey().length() + each.getValue().length();
            }
            return head + body.length + stored;
        }
    }

    static Cost of(TestApi api, Request request) {
        // What is read and linked once, at the first request, is not counted.
        api.get("/api/v1/namespaces/default/configmaps");
        long before = THREADS.getCurrentThreadAllocatedBytes();
        ApiReply reply = api.raw(request.method, request.path, request.body, request.headers);
        long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
        int answered = reply instanceof ApiReply.Whole whole ? whole.body().length : 0;
        return new Cost(reply.code(), allocated, answered);
    }

    void isBoundedFor(String what, Request request) {
        assertThat(code).as("the answer to %s", what).isLessThan(500);
        assertThat(allocated)
                .as("what %s of %d bytes allocates", what, request.bytes())
                .isLessThan(bound(request));
        assertThat(answered).as("the answer to %s", what).isLessThan(LONGEST_ANSWER);
    }

    private static long bound(Request request) {
        return FOR_ALL + PER_BYTE * request.bytes() + PER_VALUE * request.values();
    }
}
