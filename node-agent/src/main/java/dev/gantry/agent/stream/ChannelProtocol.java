package dev.gantry.agent.stream;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gantry.agent.stream.Channels.ClientMessage;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * How streams are told apart on a WebSocket: the subprotocols that Kubernetes has had over the
 * years.
 *
 * <p>Each message begins with the number of its channel: a byte, or in base64 a digit before the
 * encoded rest. Since v4 the end of a command is a Status on the error channel; before, only what
 * went wrong is said there, as a sentence. Since v5 a client can end its input.
 *
 * <p>Compat: {@code wsstream/conn.go}; {@code kubelet/pkg/cri/streaming/remotecommand}.
 */
public enum ChannelProtocol {
    /** For a client that names none. */
    NONE("", false, false),
    PLAIN("channel.k8s.io", false, false),
    BASE64("base64.channel.k8s.io", true, false),
    V4("v4.channel.k8s.io", false, true),
    V4_BASE64("v4.base64.channel.k8s.io", true, true),
    V5("v5.channel.k8s.io", false, true);

    private static final int CLOSE = 255;

    private final String wire;
    private final boolean isBase64;
    private final boolean tellsStatus;

    ChannelProtocol(String wire, boolean isBase64, boolean tellsStatus) {
        this.wire = wire;
        this.isBase64 = isBase64;
        this.tellsStatus = tellsStatus;
    }

    /** For exec and attach: v5 where it is offered, else the first of the offered that is known. */
    public static Optional<ChannelProtocol> forCommands(List<String> offered) {
        return offered.contains(V5.wire) ? Optional.of(V5) : first(offered, List.of(values()));
    }

    /** For port-forward, which never had the older ones. */
    public static Optional<ChannelProtocol> forPorts(List<String> offered) {
        return first(offered, List.of(NONE, V4, V4_BASE64));
    }

    private static Optional<ChannelProtocol> first(
            List<String> offered, List<ChannelProtocol> known) {
        List<String> wanted = offered.isEmpty() ? List.of("") : offered;
        return wanted.stream()
                .flatMap(name -> known.stream().filter(each -> each.wire.equals(name)))
                .findFirst();
    }

    /** Its name in headers; empty where the client named none. */
    public String wire() {
        return wire;
    }

    /** Whether its messages are text. */
    public boolean isText() {
        return isBase64;
    }

    public byte[] message(int channel, byte[] bytes) {
        byte[] payload = isBase64 ? Base64.getEncoder().encode(bytes) : bytes;
        byte[] message = new byte[payload.length + 1];
        message[0] = (byte) (isBase64 ? '0' + channel : channel);
        System.arraycopy(payload, 0, message, 1, payload.length);
        return message;
    }

    /** The channel that a message is for; negative where it names none. */
    public int channelOf(byte[] message) {
        if (message.length == 0) {
            return -1;
        }
        return isBase64 ? message[0] - '0' : message[0] & 0xff;
    }

    /** What a message carries. Empty where it is not encoded as it should be. */
    public Optional<byte[]> payloadOf(byte[] message) {
        byte[] rest = Arrays.copyOfRange(message, 1, message.length);
        if (!isBase64) {
            return Optional.of(rest);
        }
        try {
            return Optional.of(Base64.getDecoder().decode(rest));
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }

    /** A message of a client of exec or attach. */
    public ClientMessage parse(byte[] message) {
        int channel = channelOf(message);
        if (channel < 0) {
            return new ClientMessage.Ignored();
        }
        Optional<byte[]> payload = payloadOf(message);
        if (payload.isEmpty()) {
            return new ClientMessage.Ignored();
        }
        byte[] bytes = payload.get();
        return switch (channel) {
            case Channels.STDIN -> new ClientMessage.Input(bytes);
            case Channels.RESIZE -> new ClientMessage.Resize(bytes);
            case CLOSE ->
                    this == V5 && bytes.length == 1 && bytes[0] == Channels.STDIN
                            ? new ClientMessage.EndOfInput()
                            : new ClientMessage.Ignored();
            default -> new ClientMessage.Ignored();
        };
    }

    /**
     * What is said on the error channel when a command has ended; empty where that is nothing.
     *
     * @param status a Status as JSON
     */
    public Optional<byte[]> verdict(byte[] status) {
        if (tellsStatus) {
            return Optional.of(status);
        }
        try {
            JsonNode tree = JsonMapper.shared().readTree(status);
            boolean isSuccess = tree.path("status").asString("").equals("Success");
            return isSuccess
                    ? Optional.empty()
                    : Optional.of(tree.path("message").asString("").getBytes(UTF_8));
        } catch (JacksonException notJson) {
            return Optional.of(new String(status, ISO_8859_1).getBytes(UTF_8));
        }
    }
}
