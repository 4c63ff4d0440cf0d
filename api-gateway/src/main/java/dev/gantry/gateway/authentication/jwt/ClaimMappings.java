package dev.gantry.gateway.authentication.jwt;

import dev.gantry.expression.CelBudget;
import dev.gantry.gateway.authentication.jwt.ClaimExpression.Failed;
import dev.gantry.gateway.authentication.jwt.ClaimExpression.Variable;
import dev.gantry.gateway.configuration.ConfigurationSection;
import dev.gantry.model.exchange.Caller;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** Who the claims of a token say that somebody is. */
record ClaimMappings(
        ClaimMapping username,
        ClaimMapping groups,
        ClaimMapping uid,
        SortedMap<String, ClaimExpression> extra) {
    static final String VERIFIED = "email_verified";
    private static final String EMAIL = "email";

    /** Such as {@code example.com/tenant}. */
    private static final Pattern KEY =
            Pattern.compile("[a-z0-9]([-a-z0-9.]*[a-z0-9])?/[a-z0-9._~!$&'()*+,;=:@%/-]+");

    private static final Pattern RESERVED =
            Pattern.compile("(.*\\.)?(k8s|kubernetes)\\.io/.*", Pattern.DOTALL);

    static ClaimMappings read(ConfigurationSection mappings) {
        mappings.only("username", "groups", "uid", "extra");
        ClaimMapping username = ClaimMapping.readPrefixed(mappings.child("username"));
        ConfigurationSection of = mappings.child("username");
        if (of.text("claim").isEmpty() && of.text("expression").isEmpty()) {
            mappings.required("username", "claim or expression is required");
        }
        return new ClaimMappings(
                username,
                ClaimMapping.readPrefixed(mappings.child("groups")),
                ClaimMapping.readPlain(mappings.child("uid")),
                extra(mappings.items("extra")));
    }

    private static SortedMap<String, ClaimExpression> extra(List<ConfigurationSection> items) {
        SortedMap<String, ClaimExpression> extra = new TreeMap<>();
        for (ConfigurationSection each : items) {
            each.only("key", "valueExpression");
            String key = each.text("key");
            if (!key.equals(key.toLowerCase(Locale.ROOT))) {
                each.invalid("key", "must be lowercase");
            } else if (!KEY.matcher(key).matches()) {
                each.invalid("key", "must be a domain-prefixed path (such as \"acme.io/foo\")");
            } else if (RESERVED.matcher(key).matches()) {
                each.invalid(
                        "key",
                        "k8s.io, kubernetes.io and their subdomains are reserved for Kubernetes"
                                + " use");
            }
            if (extra.containsKey(key)) {
                each.duplicate("key");
            }
            if (each.text("valueExpression").isEmpty()) {
                each.required("valueExpression", "");
                continue;
            }
            ClaimExpression.compile(each, "valueExpression", Variable.CLAIMS)
                    .ifPresent(expression -> extra.put(key, expression));
        }
        return extra;
    }

    /** Whether an expression makes the username of the address, which may be unverified. */
    boolean takesEmail() {
        return username instanceof ClaimMapping.Computed(var expression) && expression.reads(EMAIL);
    }

    boolean readsVerification() {
        return username instanceof ClaimMapping.Computed(var expression)
                        && expression.reads(VERIFIED)
                || extra.values().stream().anyMatch(each -> each.reads(VERIFIED));
    }

    /**
     * @param values the claims, as expressions read them
     */
    Caller caller(JsonNode claims, Object values, CelBudget budget) throws Failed {
        checkEmail(claims);
        String user = username.textOf(claims, values, budget);
        if (user.isEmpty()) {
            throw new Failed("the username is empty");
        }
        SortedMap<String, List<String>> found = new TreeMap<>();
        for (Map.Entry<String, ClaimExpression> each : extra.entrySet()) {
            List<String> texts = each.getValue().textsOf(values, budget);
            if (!texts.isEmpty()) {
                found.put(each.getKey(), texts);
            }
        }
        return new Caller(
                user,
                uid.textOf(claims, values, budget),
                groups.textsOf(claims, values, budget),
                found);
    }

    /** Compat: an address as username is one that the issuer does not call unverified. */
    private void checkEmail(JsonNode claims) throws Failed {
        boolean isEmail = username instanceof ClaimMapping.Claim(var name, _) && name.equals(EMAIL);
        boolean isUnverified =
                claims.has(VERIFIED)
                        && !(claims.path(VERIFIED).isBoolean()
                                && claims.path(VERIFIED).booleanValue());
        if (isEmail && isUnverified) {
            throw new Failed("email not verified");
        }
    }
}
