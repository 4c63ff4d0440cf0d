package dev.gantry.agent.spec;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What an image is called, taken apart.
 *
 * <p>Compat: {@code ParseNormalizedNamed} of {@code distribution/reference}: a name whose first
 * part is no host is one of Docker Hub, and one of a single part is of its library.
 *
 * @param registry a host, perhaps with a port
 * @param repository without tag and digest
 */
public record ImageName(String registry, String repository) {
    private static final String DEFAULT_REGISTRY = "docker.io";
    private static final int LONGEST = 512;
    private static final Pattern REPOSITORY =
            Pattern.compile(
                    "[a-z0-9]++(?:(?:\\.|__?|-++)[a-z0-9]++)*+(?:/[a-z0-9]++(?:(?:\\.|__?|-++)[a-z0-9]++)*+)*+");
    private static final Pattern REST =
            Pattern.compile(
                    "(?::\\w[\\w.-]{0,127})?(?:@[A-Za-z][A-Za-z0-9+._-]*:[0-9a-fA-F]{32,})?");
    private static final Pattern HOST =
            Pattern.compile(
                    "(?:[A-Za-z0-9-]++(?:\\.[A-Za-z0-9-]++)*+|\\[[0-9a-fA-F:]++\\])(?::[0-9]++)?");

    /** Takes apart also what is no name. */
    public static ImageName of(String text) {
        int at = text.indexOf('@');
        String named = at < 0 ? text : text.substring(0, at);
        int colon = named.indexOf(':', named.lastIndexOf('/') + 1);
        String whole = colon < 0 ? named : named.substring(0, colon);
        int slash = whole.indexOf('/');
        String first = slash < 0 ? "" : whole.substring(0, slash);
        boolean isHost =
                first.contains(".")
                        || first.contains(":")
                        || first.equals("localhost")
                        || !first.equals(first.toLowerCase(Locale.ROOT));
        if (!isHost) {
            return new ImageName(DEFAULT_REGISTRY, slash < 0 ? "library/" + whole : whole);
        }
        String registry = first.equals("index.docker.io") ? DEFAULT_REGISTRY : first;
        return new ImageName(registry, whole.substring(slash + 1));
    }

    public boolean isOfDefaultRegistry() {
        return registry.equals(DEFAULT_REGISTRY);
    }

    /** Why there can be no image of that name; empty where there can. */
    public static Optional<String> problem(String text) {
        if (text.length() > LONGEST) {
            return Optional.of("invalid reference format");
        }
        ImageName name = of(text);
        int end = text.length() - rest(text).length();
        boolean isSound =
                HOST.matcher(name.registry).matches()
                        && REST.matcher(text.substring(end)).matches();
        if (isSound && REPOSITORY.matcher(name.repository).matches()) {
            return Optional.empty();
        }
        String lower = name.repository.toLowerCase(Locale.ROOT);
        return isSound && REPOSITORY.matcher(lower).matches()
                ? Optional.of(
                        "invalid reference format: repository name (%s) must be lowercase"
                                .formatted(name.repository))
                : Optional.of("invalid reference format");
    }

    /** Tag and digest, with what parts them from the name. */
    private static String rest(String text) {
        int at = text.indexOf('@');
        int end = at < 0 ? text.length() : at;
        int colon = text.substring(0, end).indexOf(':', text.lastIndexOf('/', end) + 1);
        return text.substring(colon < 0 ? end : colon);
    }
}
