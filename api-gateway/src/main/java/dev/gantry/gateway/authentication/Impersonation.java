package dev.gantry.gateway.authentication;

import dev.gantry.model.exchange.Caller;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.refusal.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The identity that a caller wants to act under.
 *
 * <p>Compat: {@code apiserver/pkg/endpoints/filters/impersonation}: each user, group, uid and extra
 * value is a permission of its own.
 */
public record Impersonation(
        String user, String uid, List<String> groups, SortedMap<String, List<String>> extra) {
    private static final String ACCOUNT = "system:serviceaccount:";
    private static final String NODE = "system:node:";
    private static final String NODES = "system:nodes";
    private static final String AUTHENTICATION = "authentication.k8s.io";
    private static final Pattern SUBDOMAIN =
            Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*");

    /** One thing to be allowed: the verb {@code impersonate} on this. */
    public record Demand(
            GroupResource resource, String subresource, String namespace, String name) {}

    /** A service account. */
    record Account(String namespace, String name) {}

    public boolean isNone() {
        return user.isEmpty() && uid.isEmpty() && groups.isEmpty() && extra.isEmpty();
    }

    /** Present where it says to be somebody without saying who. Compat: with upstream's dump. */
    public Optional<Refusal> refusal() {
        if (isNone() || !user.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                new Refusal.BadRequest(
                        "requested &user.DefaultInfo{Name:\"\", UID:%s, Groups:%s, Extra:%s} without impersonating a user name"
                                .formatted(quoted(uid), dump(groups), dump(extra))));
    }

    boolean isOnlyOfAName() {
        return uid.isEmpty() && groups.isEmpty() && extra.isEmpty();
    }

    /** The node as which is to be acted, if it is one. */
    Optional<String> node() {
        return Optional.of(user)
                .filter(each -> each.startsWith(NODE))
                .map(each -> each.substring(NODE.length()))
                .filter(each -> SUBDOMAIN.matcher(each).matches());
    }

    /** The service account as which is to be acted, if it is one. */
    Optional<Account> account() {
        return account(user);
    }

    public List<Demand> demands() {
        List<Demand> all = new ArrayList<>();
        all.add(
                account()
                        .map(
                                each ->
                                        demand(
                                                "",
                                                "serviceaccounts",
                                                "",
                                                each.namespace(),
                                                each.name()))
                        .orElseGet(() -> demand("", "users", "", "", user)));
        groups.forEach(group -> all.add(demand("", "groups", "", "", group)));
        if (!uid.isEmpty()) {
            all.add(demand(AUTHENTICATION, "uids", "", "", uid));
        }
        extra.forEach(
                (key, values) ->
                        values.forEach(
                                value ->
                                        all.add(
                                                demand(
                                                        AUTHENTICATION,
                                                        "userextras",
                                                        key,
                                                        "",
                                                        value))));
        return all;
    }

    /** Groups that everybody of that sort is in are added, as if they had come themselves. */
    public Caller caller() {
        return withGroups(
                groups.isEmpty()
                        ? account()
                                .map(each -> TokenClaims.groupsIn(each.namespace()))
                                .orElse(groups)
                        : groups);
    }

    /** By a right to certain requests only, nodes have their group, too. */
    Caller callerByConstraint() {
        return node().isPresent() ? withGroups(List.of(NODES)) : caller();
    }

    private Caller withGroups(List<String> given) {
        List<String> all = new ArrayList<>(given);
        if (user.equals(Identity.ANONYMOUS.user())) {
            if (!all.contains(Identity.UNAUTHENTICATED)) {
                all.add(Identity.UNAUTHENTICATED);
            }
            return new Caller(user, uid, all, extra);
        }
        return all.contains(Identity.UNAUTHENTICATED)
                ? new Caller(user, uid, all, extra)
                : Identity.authenticated(user, uid, all, extra);
    }

    private static String dump(SortedMap<String, List<String>> extra) {
        return extra.isEmpty()
                ? "map[string][]string(nil)"
                : extra.entrySet().stream()
                        .map(each -> quoted(each.getKey()) + ":" + dump(each.getValue()))
                        .collect(Collectors.joining(", ", "map[string][]string{", "}"));
    }

    private static String dump(List<String> values) {
        return values.isEmpty()
                ? "[]string(nil)"
                : values.stream()
                        .map(Impersonation::quoted)
                        .collect(Collectors.joining(", ", "[]string{", "}"));
    }

    private static String quoted(String value) {
        return '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    static Optional<Account> account(String user) {
        if (!user.startsWith(ACCOUNT)) {
            return Optional.empty();
        }
        String[] parts = user.substring(ACCOUNT.length()).split(":", -1);
        return parts.length == 2 && !parts[0].isEmpty() && !parts[1].isEmpty()
                ? Optional.of(new Account(parts[0], parts[1]))
                : Optional.empty();
    }

    private static Demand demand(
            String group, String plural, String subresource, String namespace, String name) {
        return new Demand(new GroupResource(group, plural), subresource, namespace, name);
    }

    /** For collecting extra values while headers are read. */
    public static SortedMap<String, List<String>> noExtra() {
        return new TreeMap<>();
    }
}
