package dev.gantry.acceptance.compose;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What a section of {@code deploy/README.md} tells people to type.
 *
 * @param text of the section
 */
record Guide(String text) {
    private static final Path FILE = Path.of("../README.md");

    static Guide section(String heading) throws IOException {
        String all = Files.readString(FILE);
        int from = all.indexOf("\n## " + heading + "\n");
        if (from < 0) {
            throw new AssertionError(FILE + " has no section \"" + heading + "\"");
        }
        int to = all.indexOf("\n## ", from + 1);
        return new Guide(to < 0 ? all.substring(from) : all.substring(from, to));
    }

    /** Its blocks of one language, in their order. */
    List<String> blocks(String language) {
        return Pattern.compile(
                        "^```" + language + "\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL)
                .matcher(text)
                .results()
                .map(found -> found.group(1))
                .toList();
    }
}
