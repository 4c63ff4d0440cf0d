package dev.gantry.expression;

import java.math.BigInteger;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A semantic version 2.0.0. Build metadata does not matter for the order.
 *
 * @param prerelease empty for a release, which is later than all its prereleases
 */
public record Semver(long major, long minor, long patch, String prerelease)
        implements Comparable<Semver> {
    private static final String NUMBER = "(0|[1-9]\\d{0,17})";
    private static final Pattern SHAPE =
            Pattern.compile(
                    NUMBER
                            + "\\."
                            + NUMBER
                            + "\\."
                            + NUMBER
                            + "(?:-([0-9A-Za-z.-]+))?(?:\\+[0-9A-Za-z.-]+)?");

    public static Optional<Semver> parse(String text) {
        Matcher shape = SHAPE.matcher(text);
        if (!shape.matches()) {
            return Optional.empty();
        }
        String prerelease = shape.group(4);
        return Optional.of(
                new Semver(
                        Long.parseLong(shape.group(1)),
                        Long.parseLong(shape.group(2)),
                        Long.parseLong(shape.group(3)),
                        prerelease == null ? "" : prerelease));
    }

    @Override
    public int compareTo(Semver other) {
        int byNumbers = Long.compare(major, other.major);
        byNumbers = byNumbers != 0 ? byNumbers : Long.compare(minor, other.minor);
        byNumbers = byNumbers != 0 ? byNumbers : Long.compare(patch, other.patch);
        if (byNumbers != 0 || prerelease.equals(other.prerelease)) {
            return byNumbers;
        }
        if (prerelease.isEmpty() || other.prerelease.isEmpty()) {
            return prerelease.isEmpty() ? 1 : -1;
        }
        return comparePrereleases(prerelease.split("\\."), other.prerelease.split("\\."));
    }

    private static int comparePrereleases(String[] ours, String[] theirs) {
        for (int i = 0; i < Math.min(ours.length, theirs.length); i++) {
            int byPart = comparePart(ours[i], theirs[i]);
            if (byPart != 0) {
                return byPart;
            }
        }
        return Integer.compare(ours.length, theirs.length);
    }

    /** Numbers compare as numbers and come before texts. */
    private static int comparePart(String one, String other) {
        boolean isNumber = one.chars().allMatch(Character::isDigit);
        boolean isOtherNumber = other.chars().allMatch(Character::isDigit);
        if (isNumber && isOtherNumber) {
            return new BigInteger(one).compareTo(new BigInteger(other));
        }
        return isNumber == isOtherNumber ? one.compareTo(other) : isNumber ? -1 : 1;
    }
}
