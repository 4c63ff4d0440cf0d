package dev.gantry.gateway.node;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How a stream that is only read comes in the messages of a WebSocket.
 *
 * <p>Compat: {@code wsstream/stream.go}.
 */
public enum ReaderProtocol {
    /** For a client that names none. */
    NONE("", false),
    BINARY("binary.k8s.io", false),
    BASE64("base64.binary.k8s.io", true);

    private final String wire;
    private final boolean isBase64;

    ReaderProtocol(String wire, boolean isBase64) {
        this.wire = wire;
        this.isBase64 = isBase64;
    }

    /** The first of the offered that is known; empty where none is. */
    public static Optional<ReaderProtocol> choose(List<String> offered) {
        List<String> wanted = offered.isEmpty() ? List.of("") : offered;
        return wanted.stream()
                .flatMap(name -> Stream.of(values()).filter(each -> each.wire.equals(name)))
                .findFirst();
    }

    /** Its name in headers; empty where the client named none. */
    public String wire() {
        return wire;
    }

    /** Whether its messages are base64 as text, and not bytes as they are. */
    public boolean isBase64() {
        return isBase64;
    }
}
