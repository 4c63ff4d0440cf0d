package dev.gantry.state.codec;

import java.util.Arrays;
import java.util.Optional;

/** The forms in which bodies travel. */
public enum Encoding {
    JSON("application/json"),
    YAML("application/yaml"),
    PROTOBUF("application/vnd.kubernetes.protobuf");

    private final String mediaType;

    Encoding(String mediaType) {
        this.mediaType = mediaType;
    }

    public String mediaType() {
        return mediaType;
    }

    /**
     * The encoding of a request's body; JSON where the client does not say. Parameters are ignored.
     */
    public static Optional<Encoding> ofContentType(String contentType) {
        int semicolon = contentType.indexOf(';');
        String bare =
                (semicolon < 0 ? contentType : contentType.substring(0, semicolon))
                        .strip()
                        .toLowerCase(java.util.Locale.ROOT);
        return bare.isEmpty()
                ? Optional.of(JSON)
                : Arrays.stream(values()).filter(each -> each.mediaType.equals(bare)).findFirst();
    }
}
