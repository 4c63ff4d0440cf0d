package dev.gantry.state.discovery;

import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Compat: {@code CompareKubeAwareVersionStrings}: stable before beta before alpha, the higher
 * number first; versions of another form last, by name.
 */
final class VersionOrder {
    static final Comparator<String> NEWEST_STABLE_FIRST =
            Comparator.comparingInt(VersionOrder::stability)
                    .thenComparing(VersionOrder::major, Comparator.reverseOrder())
                    .thenComparing(VersionOrder::minor, Comparator.reverseOrder())
                    .thenComparing(Comparator.naturalOrder());

    private static final Pattern FORM = Pattern.compile("v(\\d{1,9})(?:(alpha|beta)(\\d{1,9}))?");

    private VersionOrder() {}

    private static int stability(String version) {
        Matcher form = FORM.matcher(version);
        if (!form.matches()) {
            return 3;
        }
        return form.group(2) == null ? 0 : form.group(2).equals("beta") ? 1 : 2;
    }

    private static int major(String version) {
        Matcher form = FORM.matcher(version);
        return form.matches() ? Integer.parseInt(form.group(1)) : 0;
    }

    private static int minor(String version) {
        Matcher form = FORM.matcher(version);
        return form.matches() && form.group(3) != null ? Integer.parseInt(form.group(3)) : 0;
    }
}
