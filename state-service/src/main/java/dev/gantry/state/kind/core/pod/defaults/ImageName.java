package dev.gantry.state.kind.core.pod.defaults;

import java.util.Locale;
import java.util.regex.Pattern;

/** Reads the tag of an image's name. Compat: {@code distribution/reference}. */
final class ImageName {
    private static final String COMPONENT = "[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*";
    private static final Pattern PATH = Pattern.compile(COMPONENT + "(?:/" + COMPONENT + ")*");
    private static final int LONGEST_PATH = 255;

    /** What a path of one component on the public registry begins with. */
    private static final String LIBRARY = "library/";

    private ImageName() {}

    /**
     * Compat: what is or may be {@code :latest} is pulled always; what has another tag, a digest or
     * no valid name only where it is missing.
     */
    static String pullPolicyOf(String image) {
        return tagOf(image).equals("latest") ? "Always" : "IfNotPresent";
    }

    /** Empty for a name with only a digest, and for one that is none. */
    private static String tagOf(String image) {
        int digest = image.indexOf('@');
        String name = digest < 0 ? image : image.substring(0, digest);
        int colon = name.indexOf(':', name.lastIndexOf('/') + 1);
        if (!isRepository(colon < 0 ? name : name.substring(0, colon))) {
            return "";
        }
        if (colon >= 0) {
            return name.substring(colon + 1);
        }
        return digest < 0 ? "latest" : "";
    }

    private static boolean isRepository(String name) {
        int slash = name.indexOf('/');
        String first = slash < 0 ? "" : name.substring(0, slash);
        boolean hasRegistry =
                first.contains(".")
                        || first.contains(":")
                        || first.equals("localhost")
                        || !first.equals(first.toLowerCase(Locale.ROOT));
        String path = hasRegistry ? name.substring(slash + 1) : name;
        boolean isPublic = !hasRegistry || first.equals("docker.io");
        int length = path.length() + (isPublic && !path.contains("/") ? LIBRARY.length() : 0);
        return length <= LONGEST_PATH && PATH.matcher(path).matches();
    }
}
