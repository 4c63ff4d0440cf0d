package dev.gantry.agent.container;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file of a volume that holds variables: lines such as {@code NAME='value'}.
 *
 * <p>Compat: the part of a POSIX shell's language that kubelet takes (KEP-3721): a value stands in
 * single quotes, may have several lines, and means itself.
 */
public final class EnvironmentFile {
    private static final Pattern ENTRY =
            Pattern.compile(
                    "\\G[ \\t]*(?:([A-Za-z_][A-Za-z0-9_]*)[ \\t]*=[ \\t]*'([^']*)'[ \\t]*)?(?:#[^\\n]*)?(?:\\n|\\z)");

    private EnvironmentFile() {}

    /** Where it is: the name of a volume of the pod, and a path in it. */
    public record Place(String volume, String path) implements Comparable<Place> {
        @Override
        public int compareTo(Place other) {
            int byVolume = volume.compareTo(other.volume);
            return byVolume != 0 ? byVolume : path.compareTo(other.path);
        }
    }

    /**
     * Of the first variable with the name, or an empty value where none has it; nothing where the
     * file is no such file as far as it was read.
     */
    static Optional<String> value(String text, String name) {
        Matcher entry = ENTRY.matcher(text);
        int end = 0;
        while (end < text.length()) {
            if (!entry.find()) {
                return Optional.empty();
            }
            end = entry.end();
            if (name.equals(entry.group(1))) {
                return Optional.of(entry.group(2));
            }
        }
        return Optional.of("");
    }
}
