package dev.gantry.gateway.authentication;

import dev.gantry.model.exchange.Caller;
import dev.gantry.model.refusal.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** The outcome of authentication. */
public sealed interface Identity {
    record Known(Caller caller) implements Identity {}

    record Refused(Refusal why) implements Identity {}

    String AUTHENTICATED = "system:authenticated";
    String UNAUTHENTICATED = "system:unauthenticated";
    Caller ANONYMOUS =
            new Caller("system:anonymous", "", List.of(UNAUTHENTICATED), new TreeMap<>());
    Refused UNAUTHORIZED = new Refused(new Refusal.Unauthorized("Unauthorized"));

    /** Adds the group of all who have proven who they are. */
    static Caller authenticated(
            String user, String uid, List<String> groups, SortedMap<String, List<String>> extra) {
        List<String> all = new ArrayList<>(groups);
        if (!all.contains(AUTHENTICATED)) {
            all.add(AUTHENTICATED);
        }
        return new Caller(user, uid, List.copyOf(all), extra);
    }
}
