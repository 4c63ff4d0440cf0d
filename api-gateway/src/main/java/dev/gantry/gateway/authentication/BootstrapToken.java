package dev.gantry.gateway.authentication;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gantry.model.exchange.Caller;
import dev.gantry.model.meta.Resource;
import java.security.MessageDigest;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A token with which a machine asks for its first certificate: six characters that name a Secret,
 * and sixteen that stand in it.
 *
 * <p>Compat: {@code plugin/pkg/auth/authenticator/token/bootstrap}.
 */
public record BootstrapToken(String id, String secret) {
    public static final String NAMESPACE = "kube-system";

    private static final String TYPE = "bootstrap.kubernetes.io/token";
    private static final String GROUP = "system:bootstrappers";
    private static final Pattern FORM = Pattern.compile("([a-z0-9]{6})\\.([a-z0-9]{16})");
    private static final Pattern EXTRA_GROUP =
            Pattern.compile("system:bootstrappers:[a-z0-9:-]{0,255}[a-z0-9]");

    /** Empty where the text is none. */
    public static Optional<BootstrapToken> parse(String text) {
        Matcher form = FORM.matcher(text);
        return form.matches()
                ? Optional.of(new BootstrapToken(form.group(1), form.group(2)))
                : Optional.empty();
    }

    /** Of the Secret that it is to be found in. */
    public String secretName() {
        return "bootstrap-token-" + id;
    }

    /** Who it is that shows it; empty where that Secret does not make it good now. */
    public Optional<Caller> caller(Resource stored, Instant now) {
        boolean isGood =
                !stored.isBeingDeleted()
                        && Resource.text(stored.tree(), "type").equals(TYPE)
                        && isEqual(value(stored, "token-secret"), secret)
                        && value(stored, "token-id").equals(id)
                        && !isExpired(value(stored, "expiration"), now)
                        && value(stored, "usage-bootstrap-authentication").equals("true");
        if (!isGood) {
            return Optional.empty();
        }
        List<String> groups = new ArrayList<>(List.of(GROUP));
        for (String each : value(stored, "auth-extra-groups").split(",", -1)) {
            if (each.isEmpty()) {
                continue;
            }
            if (!EXTRA_GROUP.matcher(each).matches()) {
                return Optional.empty();
            }
            if (!groups.contains(each)) {
                groups.add(each);
            }
        }
        return Optional.of(
                Identity.authenticated("system:bootstrap:" + id, "", groups, new TreeMap<>()));
    }

    /** Takes as long whatever is compared, so that nobody finds a secret by the time it takes. */
    private static boolean isEqual(String stored, String shown) {
        return MessageDigest.isEqual(stored.getBytes(UTF_8), shown.getBytes(UTF_8));
    }

    /** Compat: a time that cannot be read is over. */
    private static boolean isExpired(String expiration, Instant now) {
        if (expiration.isEmpty()) {
            return false;
        }
        try {
            return !now.isBefore(OffsetDateTime.parse(expiration).toInstant());
        } catch (DateTimeException malformed) {
            return true;
        }
    }

    private static String value(Resource stored, String name) {
        try {
            byte[] value =
                    Base64.getDecoder().decode(Resource.text(stored.tree().path("data"), name));
            return new String(value, UTF_8);
        } catch (IllegalArgumentException malformed) {
            return "";
        }
    }
}
