package dev.gantry.authorization;

import dev.gantry.model.exchange.Caller;
import java.util.List;
import java.util.TreeMap;

/**
 * A question to authorizers about one request.
 *
 * @param account the user name of the service account whose right it is; empty for that of whoever
 *     sent the request
 */
public record AskedAccess(String account, Access access) {
    private static final String ACCOUNT = "system:serviceaccount:";
    private static final String ACCOUNTS = "system:serviceaccounts";

    public static AskedAccess ofSender(Access access) {
        return new AskedAccess("", access);
    }

    /**
     * @param caller the sender, or a service account as {@link #account} makes it
     */
    public static AskedAccess of(Caller caller, Caller sender, Access access) {
        return new AskedAccess(caller.equals(sender) ? "" : caller.user(), access);
    }

    /** A service account as such, whatever its token would tell beside its name. */
    public static Caller account(String namespace, String name) {
        return new Caller(
                ACCOUNT + namespace + ":" + name,
                "",
                List.of(ACCOUNTS, ACCOUNTS + ":" + namespace, "system:authenticated"),
                new TreeMap<>());
    }

    /** Whose right it is. */
    public Caller caller(Caller sender) {
        if (account.isEmpty()) {
            return sender;
        }
        String[] parts = account.substring(ACCOUNT.length()).split(":", 2);
        return account(parts[0], parts[1]);
    }
}
