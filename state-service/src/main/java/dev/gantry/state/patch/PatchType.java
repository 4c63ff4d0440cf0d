package dev.gantry.state.patch;

import java.util.Arrays;
import java.util.Optional;

/** The ways to say what shall change. */
public enum PatchType {
    JSON("application/json-patch+json"),
    MERGE("application/merge-patch+json"),
    STRATEGIC_MERGE("application/strategic-merge-patch+json"),
    /** Server-side apply: not a patch of the stored tree, see {@code dev.gantry.state.apply}. */
    APPLY("application/apply-patch+yaml");

    private final String mediaType;

    PatchType(String mediaType) {
        this.mediaType = mediaType;
    }

    public String mediaType() {
        return mediaType;
    }

    /** Parameters are ignored. Empty for what is no patch. */
    public static Optional<PatchType> ofContentType(String contentType) {
        int semicolon = contentType.indexOf(';');
        String bare = (semicolon < 0 ? contentType : contentType.substring(0, semicolon)).strip();
        return Arrays.stream(values()).filter(each -> each.mediaType.equals(bare)).findFirst();
    }
}
