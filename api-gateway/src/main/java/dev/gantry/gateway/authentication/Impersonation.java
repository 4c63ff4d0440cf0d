package dev.gantry.gateway.authentication;

import dev.gantry.model.exchange.Caller;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.refusal.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The identity that a caller wants to act under.
 *
 * <p>Compat: {@code apiserver/pkg/endpoints/filters/impersonation.go}: each user, group, uid and
 * extra value is a permission of its own.
 */
public record Impersonation(
        String user, String uid, List<String> groups, SortedMap<String, List<String>> extra) {
    private static final String ACCOUNT = "system:serviceaccount:";
    private static final String AUTHENTICATION = "authentication.k8s.io";

    /** One thing to be allowed: the verb {@code impersonate} on this. */
    public record Demand(
            GroupResource resource, String subresource, String namespace, String name) {}

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

    public List<Demand> demands() {
        List<Demand> all = new ArrayList<>();
        String[] account = accountOf(user);
        all.add(
                account.length == 2
                        ? demand("", "serviceaccounts", "", account[0], account[1])
                        : demand("", "users", "", "", user));
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
        List<String> all = new ArrayList<>(groups);
        String[] account = accountOf(user);
        if (account.length == 2 && all.isEmpty()) {
            all.addAll(TokenClaims.groupsIn(account[0]));
        }
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

    /** Namespace and name of a service account, or nothing. */
    private static String[] accountOf(String user) {
        if (!user.startsWith(ACCOUNT)) {
            return new String[0];
        }
        String[] parts = user.substring(ACCOUNT.length()).split(":", -1);
        return parts.length == 2 && !parts[0].isEmpty() && !parts[1].isEmpty()
                ? parts
                : new String[0];
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
