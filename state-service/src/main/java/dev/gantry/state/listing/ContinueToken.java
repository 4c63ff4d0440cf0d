package dev.gantry.state.listing;

import dev.gantry.model.meta.Revision;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * Where a list goes on: after {@code lastPath}, as of {@code revision}.
 *
 * @param revision NONE for "whatever is there now": the list was told that it will not be
 *     consistent
 * @param lastPath {@code namespace/name} of the last object sent
 */
public record ContinueToken(Revision revision, String lastPath) {
    private static final String VERSION = "g1";

    public String encode() {
        String text = VERSION + " " + revision + " " + lastPath;
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Empty where it is no token of ours. */
    public static Optional<ContinueToken> decode(String token) {
        String text;
        try {
            text = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
        String[] parts = text.split(" ", 3);
        if (parts.length != 3 || !parts[0].equals(VERSION)) {
            return Optional.empty();
        }
        return Revision.parse(parts[1]).map(each -> new ContinueToken(each, parts[2]));
    }
}
