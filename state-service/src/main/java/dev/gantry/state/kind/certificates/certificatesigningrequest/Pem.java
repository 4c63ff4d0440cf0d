package dev.gantry.state.kind.certificates.certificatesigningrequest;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A block of PEM.
 *
 * @param type such as {@code CERTIFICATE}
 */
record Pem(String type, boolean hasHeaders, byte[] content) {
    private static final Pattern BLOCK =
            Pattern.compile(
                    "(?m)^-----BEGIN ([^\\n]*?)-----[ \\t\\r]*\\n([^-]*)-----END \\1-----[ \\t\\r]*$");

    /** The first block in a field of bytes. */
    static Optional<Pem> of(String base64) {
        return all(base64).stream().findFirst();
    }

    /** Compat: Go's {@code pem.Decode}: what stands between blocks is skipped. */
    static List<Pem> all(String base64) {
        List<Pem> found = new ArrayList<>();
        Matcher blocks = BLOCK.matcher(text(base64));
        while (blocks.find()) {
            String body = blocks.group(2);
            boolean hasHeaders = body.contains(":");
            String lines = hasHeaders ? body.replaceFirst("(?s)^.*?\\n\\s*\\n", "") : body;
            try {
                byte[] content = Base64.getDecoder().decode(lines.replaceAll("\\s", ""));
                found.add(new Pem(blocks.group(1), hasHeaders, content));
            } catch (IllegalArgumentException _) {
                // Compat: a block that cannot be decoded is skipped, too.
                continue;
            }
        }
        return found;
    }

    private static String text(String base64) {
        try {
            return new String(Base64.getDecoder().decode(base64), StandardCharsets.ISO_8859_1);
        } catch (IllegalArgumentException _) {
            return "";
        }
    }
}
