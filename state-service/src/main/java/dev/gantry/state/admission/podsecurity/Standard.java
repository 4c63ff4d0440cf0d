package dev.gantry.state.admission.podsecurity;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A level, as it was defined in a version of Kubernetes.
 *
 * @param minor of version 1; {@link #LATEST} for what is newest
 */
public record Standard(Level level, int minor) {
    static final int LATEST = Integer.MAX_VALUE;
    private static final Pattern VERSION = Pattern.compile("v1\\.(0|[1-9][0-9]{0,8})");

    static final Standard PRIVILEGED = new Standard(Level.PRIVILEGED, LATEST);

    Standard with(Level other) {
        return new Standard(other, minor);
    }

    Standard of(int otherMinor) {
        return new Standard(level, otherMinor);
    }

    /**
     * Whether pods that held the other may not hold this one.
     *
     * <p>Compat: a lower level of the same version is none; of other versions nobody knows.
     */
    public boolean isStricterThan(Standard other) {
        return !equals(other)
                && level != Level.PRIVILEGED
                && (minor != other.minor || level.compareTo(other.level) > 0);
    }

    /** {@code latest} or {@code v1.x}. */
    static Optional<Integer> minor(String version) {
        if (version.equals("latest")) {
            return Optional.of(LATEST);
        }
        Matcher match = VERSION.matcher(version);
        return match.matches() ? Optional.of(Integer.parseInt(match.group(1))) : Optional.empty();
    }

    /** {@code restricted:latest} */
    @Override
    public String toString() {
        return level + ":" + (minor == LATEST ? "latest" : "v1." + minor);
    }
}
