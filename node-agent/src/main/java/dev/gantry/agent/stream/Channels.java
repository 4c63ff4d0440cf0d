package dev.gantry.agent.stream;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * The streams of exec and attach, each with its number. How they are told apart on the wire is a
 * {@link ChannelProtocol}.
 */
public final class Channels {
    public static final int STDIN = 0;
    public static final int STDOUT = 1;
    public static final int STDERR = 2;
    public static final int ERROR = 3;
    public static final int RESIZE = 4;

    private Channels() {}

    /** A message of a client. */
    public sealed interface ClientMessage {
        record Input(byte[] bytes) implements ClientMessage {}

        record EndOfInput() implements ClientMessage {}

        /** JSON with Width and Height, as the runtime wants it too. */
        record Resize(byte[] bytes) implements ClientMessage {}

        /** On a channel that a client has nothing to say on. */
        record Ignored() implements ClientMessage {}
    }

    /** For the error channel, where the runtime broke off without a word of its own. */
    public static byte[] brokenOff(String why) {
        String escaped = why.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", " ");
        return """
                {"metadata":{},"status":"Failure","reason":"InternalError","message":"%s","code":500}"""
                .formatted(escaped)
                .getBytes(UTF_8);
    }
}
