package dev.gantry.state.kind.core.pod.defaults;

/** Reads the tag of an image's name. */
final class ImageName {
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
        int slash = name.lastIndexOf('/');
        int colon = name.indexOf(':', slash + 1);
        String repository = name.substring(slash + 1, colon < 0 ? name.length() : colon);
        if (!isRepository(repository)) {
            return "";
        }
        if (colon >= 0) {
            return name.substring(colon + 1);
        }
        return digest < 0 ? "latest" : "";
    }

    private static boolean isRepository(String text) {
        return !text.isEmpty()
                && text.chars()
                        .allMatch(
                                each ->
                                        (each >= 'a' && each <= 'z')
                                                || (each >= '0' && each <= '9')
                                                || "._-".indexOf(each) >= 0);
    }
}
