package dev.gantry.state.kind.batch.job;

import dev.gantry.state.validation.Field;
import dev.gantry.state.validation.Names;
import java.util.regex.Pattern;

/** Who looks after a Job instead of the platform. Compat: {@code IsDomainPrefixedPath}. */
final class ManagedByRules {
    private static final int MOST_BYTES = 63;
    private static final String PATH = "[A-Za-z0-9/\\-._~%!$&'()*+,;=:]+";
    private static final Pattern PATH_PATTERN = Pattern.compile(PATH);

    private ManagedByRules() {}

    static void check(Field name) {
        if (!name.isSet()) {
            return;
        }
        path(name);
        if (name.text().length() > MOST_BYTES) {
            name.tooLong(MOST_BYTES);
        }
    }

    private static void path(Field name) {
        String text = name.text();
        if (text.isEmpty()) {
            name.required("");
            return;
        }
        int slash = text.indexOf('/');
        if (slash <= 0 || slash == text.length() - 1) {
            name.invalid("must be a domain-prefixed path (such as \"acme.io/foo\")");
            return;
        }
        String host = text.substring(0, slash);
        Names.dnsSubdomain(host).forEach(each -> name.invalidText(host, each));
        String path = text.substring(slash + 1);
        if (!PATH_PATTERN.matcher(path).matches()) {
            name.invalidText(path, "Invalid path (regex used for validation is '" + PATH + "')");
        }
    }
}
