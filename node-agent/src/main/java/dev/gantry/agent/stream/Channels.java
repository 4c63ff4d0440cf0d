package dev.gantry.agent.stream;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The streams of exec and attach as messages of a WebSocket: each begins with the number of its
 * channel.
 *
 * <p>Compat: {@code v4.channel.k8s.io}, and {@code v5.channel.k8s.io} which can also say that a
 * client's stream has ended.
 */
public final class Channels {
    public static final String V5 = "v5.channel.k8s.io";
    public static final String V4 = "v4.channel.k8s.io";
    public static final int STDIN = 0;
    public static final int STDOUT = 1;
    public static final int STDERR = 2;
    public static final int ERROR = 3;
    public static final int RESIZE = 4;
    private static final int CLOSE = 255;

    private Channels() {}

    /** What a client said. */
    public sealed interface Said {
        record Input(byte[] bytes) implements Said {}

        record EndOfInput() implements Said {}

        /** JSON with Width and Height, as the runtime wants it too. */
        record Resize(byte[] bytes) implements Said {}

        /** On a channel that a client has nothing to say on. */
        record Nothing() implements Said {}
    }

    /** The best of the protocols that a client offers, as far as it is one of ours. */
    public static Optional<String> choose(List<String> offered) {
        return List.of(V5, V4).stream().filter(offered::contains).findFirst();
    }

    public static Said parse(byte[] message) {
        if (message.length == 0) {
            return new Said.Nothing();
        }
        byte[] rest = Arrays.copyOfRange(message, 1, message.length);
        return switch (message[0] & 0xff) {
            case STDIN -> new Said.Input(rest);
            case RESIZE -> new Said.Resize(rest);
            case CLOSE ->
                    rest.length == 1 && rest[0] == STDIN
                            ? new Said.EndOfInput()
                            : new Said.Nothing();
            default -> new Said.Nothing();
        };
    }

    public static byte[] message(int channel, byte[] bytes) {
        byte[] message = new byte[bytes.length + 1];
        message[0] = (byte) channel;
        System.arraycopy(bytes, 0, message, 1, bytes.length);
        return message;
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
