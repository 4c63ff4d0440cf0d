package dev.gantry.local.prerequisite;

import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which of the ways out of a container that were published in November 2025 are open in a runc.
 *
 * <p>Upstream closed them in 1.2.8, 1.3.3 and 1.4.0-rc.3. A distribution that closes them in an
 * older release says so in its package's changelog, not in the version.
 */
record RuncRelease(String version, SortedSet<String> open) {
    private static final List<String> ESCAPES =
            List.of("CVE-2025-31133", "CVE-2025-52565", "CVE-2025-52881");
    private static final Pattern VERSION =
            Pattern.compile("version v?(\\d+)\\.(\\d+)\\.(\\d+)(?:[-~]rc\\.?(\\d+))?");
    private static final Pattern DEBIAN = Pattern.compile("(?m)^commit: (\\d\\S*-\\S+)$");

    /**
     * @param said the answer of {@code runc --version}
     * @param changelog of the distribution's package, newest entry first; empty where there is none
     */
    static RuncRelease of(String said, String changelog) {
        Matcher debian = DEBIAN.matcher(said);
        String name =
                debian.find()
                        ? debian.group(1)
                        : said.lines().findFirst().orElse("").replaceFirst("^runc version ", "");
        var open = new TreeSet<String>();
        if (!isFixedUpstream(said)) {
            open.addAll(ESCAPES);
        }
        // A changelog of another version than the one that runs says nothing about it.
        if (!changelog.isEmpty() && changelog.startsWith("runc (" + withoutRebuild(name) + ")")) {
            open.removeIf(changelog::contains);
        }
        return new RuncRelease(name, open);
    }

    private static boolean isFixedUpstream(String said) {
        Matcher found = VERSION.matcher(said);
        if (!found.find()) {
            return false;
        }
        int major = Integer.parseInt(found.group(1));
        int minor = Integer.parseInt(found.group(2));
        int patch = Integer.parseInt(found.group(3));
        if (major != 1) {
            return major > 1;
        }
        return switch (minor) {
            case 0, 1 -> false;
            case 2 -> patch >= 8;
            case 3 -> patch >= 3;
            case 4 -> patch > 0 || found.group(4) == null || Integer.parseInt(found.group(4)) >= 3;
            default -> true;
        };
    }

    /** {@code 1.1.15+ds1-2+b4} is built anew from the sources of {@code 1.1.15+ds1-2}. */
    private static String withoutRebuild(String debianVersion) {
        return debianVersion.replaceFirst("\\+b\\d+$", "");
    }
}
