package dev.gantry.gateway.authentication;

import dev.gantry.authorization.Access;
import dev.gantry.authorization.RbacPolicy;
import dev.gantry.authorization.Verdict;
import dev.gantry.model.exchange.Caller;
import dev.gantry.model.meta.GroupResource;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.regex.Pattern;

/**
 * Whether somebody may act as somebody else for one request: by rights to be that one for requests
 * of this sort, or by the right to be that one for all requests, which is the verb {@code
 * impersonate}.
 *
 * <pre>
 *   of each mode that is meant, the narrowest first:
 *     may they impersonate-on:MODE:VERB what is asked for?
 *     may they impersonate:MODE the name, the uid, each group and each extra value?
 *   else: may they impersonate all of these?
 * </pre>
 *
 * <p>Compat: {@code filters/impersonation/constrained_impersonation.go}. Who may not is told what
 * the first of these was missing.
 */
public final class ImpersonationRights {
    private static final GroupResource USERS = of("users");
    private static final GroupResource NODES = of("nodes");
    private static final GroupResource ACCOUNTS = of("serviceaccounts");
    private static final GroupResource GROUPS = of("groups");
    private static final GroupResource UIDS = of("uids");
    private static final GroupResource EXTRAS = of("userextras");
    private static final String ALL = "*";

    /** From so many on, the right to all of them is asked for first. */
    private static final int MANY = 4;

    private static final Pattern DOMAIN_PREFIXED =
            Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*/.+");

    private final BiFunction<Caller, Access, Verdict> judge;

    /**
     * @param judge says what callers may do
     */
    public ImpersonationRights(BiFunction<Caller, Access, Verdict> judge) {
        this.judge = judge;
    }

    public sealed interface Outcome {
        /**
         * @param constraint the right that allows it; empty for that to all requests
         */
        record Granted(Caller caller, String constraint) implements Outcome {}

        record Denied(Access access, String reason) implements Outcome {}
    }

    /**
     * @param access what is asked for
     */
    public Outcome judge(Caller asking, Impersonation wish, Access access) {
        Optional<Outcome.Denied> first = Optional.empty();
        for (ImpersonationMode mode : ImpersonationMode.values()) {
            if (!mode.isMeant(wish, asking)) {
                continue;
            }
            Optional<Outcome.Denied> denied = constrained(mode, asking, wish, access);
            if (denied.isEmpty()) {
                return new Outcome.Granted(wish.callerByConstraint(), mode.verb());
            }
            first = first.or(() -> denied);
        }
        Optional<Outcome.Denied> denied = unconstrained(asking, wish);
        return denied.isEmpty()
                ? new Outcome.Granted(wish.caller(), "")
                : first.orElse(denied.get());
    }

    private Optional<Outcome.Denied> unconstrained(Caller asking, Impersonation wish) {
        return wish.demands().stream()
                .flatMap(
                        each ->
                                denied(
                                        asking,
                                        Access.resource(
                                                "impersonate",
                                                each.resource(),
                                                each.subresource(),
                                                each.namespace(),
                                                each.name()))
                                        .stream())
                .findFirst();
    }

    private Optional<Outcome.Denied> constrained(
            ImpersonationMode mode, Caller asking, Impersonation wish, Access access) {
        boolean isByPlace = mode == ImpersonationMode.ASSOCIATED_NODE;
        Caller asked = isByPlace ? withoutPlace(asking) : asking;
        return denied(asked, access.withVerb(mode.verbOn(access.verb())))
                .or(() -> denied(asked, name(mode.verb(), wish, isByPlace)))
                .or(() -> uid(mode.verb(), asked, wish))
                .or(() -> groups(mode.verb(), asked, wish.groups()))
                .or(() -> extra(mode.verb(), asked, wish.extra()));
    }

    /** Compat: the same account of a pod on another node has the same rights. */
    private static Caller withoutPlace(Caller asking) {
        SortedMap<String, List<String>> extra = new TreeMap<>();
        extra.put(
                "authentication.kubernetes.io/associated-node-keys",
                List.copyOf(asking.extra().keySet()));
        return new Caller(asking.user(), asking.uid(), asking.groups(), extra);
    }

    private static Access name(String verb, Impersonation wish, boolean isOfAnyNode) {
        if (wish.node().isPresent()) {
            String node = isOfAnyNode ? ALL : wish.node().get();
            return Access.resource(verb, NODES, "", "", node);
        }
        return wish.account()
                .map(each -> Access.resource(verb, ACCOUNTS, "", each.namespace(), each.name()))
                .orElseGet(() -> Access.resource(verb, USERS, "", "", wish.user()));
    }

    private Optional<Outcome.Denied> uid(String verb, Caller asking, Impersonation wish) {
        return wish.uid().isEmpty()
                ? Optional.empty()
                : denied(asking, Access.resource(verb, UIDS, "", "", wish.uid()));
    }

    private Optional<Outcome.Denied> groups(String verb, Caller asking, List<String> groups) {
        if (groups.contains("")) {
            return Optional.of(
                    new Outcome.Denied(
                            Access.resource(verb, GROUPS, "", "", ""),
                            "impersonating the empty string group is not allowed"));
        }
        if (groups.contains(RbacPolicy.MASTERS)) {
            return Optional.of(
                    new Outcome.Denied(
                            Access.resource(verb, GROUPS, "", "", RbacPolicy.MASTERS),
                            "impersonating the system:masters group is not allowed"));
        }
        boolean isOfAll =
                groups.size() >= MANY
                        && denied(asking, Access.resource(verb, GROUPS, "", "", ALL)).isEmpty();
        return isOfAll
                ? Optional.empty()
                : groups.stream()
                        .flatMap(
                                each ->
                                        denied(asking, Access.resource(verb, GROUPS, "", "", each))
                                                .stream())
                        .findFirst();
    }

    private Optional<Outcome.Denied> extra(
            String verb, Caller asking, SortedMap<String, List<String>> extra) {
        Optional<String> wrong =
                extra.entrySet().stream()
                        .flatMap(each -> wrong(each.getKey(), each.getValue()).stream())
                        .findFirst();
        if (wrong.isPresent()) {
            return Optional.of(
                    new Outcome.Denied(Access.resource(verb, EXTRAS, "", "", ""), wrong.get()));
        }
        boolean isOfAll =
                extra.values().stream().mapToInt(List::size).sum() >= MANY
                        && denied(asking, Access.resource(verb, EXTRAS, ALL, "", ALL)).isEmpty();
        return isOfAll
                ? Optional.empty()
                : extra.entrySet().stream()
                        .flatMap(
                                each ->
                                        each.getValue().stream()
                                                .map(
                                                        value ->
                                                                Access.resource(
                                                                        verb,
                                                                        EXTRAS,
                                                                        each.getKey(),
                                                                        "",
                                                                        value)))
                        .flatMap(access -> denied(asking, access).stream())
                        .findFirst();
    }

    private static Optional<String> wrong(String key, List<String> values) {
        if (key.isEmpty()) {
            return Optional.of("impersonating the empty string key in extra is not allowed");
        }
        if (!DOMAIN_PREFIXED.matcher(key).matches()) {
            return Optional.of(
                    ("impersonating an invalid key in extra is not allowed: extra.key: Invalid"
                                    + " value: \"%s\": must be a domain-prefixed path (such as"
                                    + " \"acme.io/foo\")")
                            .formatted(key));
        }
        return values.contains("")
                ? Optional.of("impersonating the empty string value in extra is not allowed")
                : Optional.empty();
    }

    private Optional<Outcome.Denied> denied(Caller asking, Access access) {
        Verdict verdict = judge.apply(asking, access);
        return verdict.isAllowed()
                ? Optional.empty()
                : Optional.of(new Outcome.Denied(access, verdict.reason()));
    }

    private static GroupResource of(String plural) {
        return new GroupResource("authentication.k8s.io", plural);
    }
}
