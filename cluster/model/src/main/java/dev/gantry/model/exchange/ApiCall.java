package dev.gantry.model.exchange;

import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A request that the gateway has authenticated and authorized, on its way to the state service.
 *
 * @param path percent-decoded, with its view prefix if it has one
 * @param query the raw query string without the question mark; empty where there is none
 * @param headers by lower-case name; several values joined with a comma
 * @param body empty where there is none; whoever is handed it does not change it
 */
public record ApiCall(
        String method,
        String path,
        String query,
        SortedMap<String, String> headers,
        byte[] body,
        Caller caller) {
    /**
     * The header in which the gateway says how its authorizers judged what it was asked about. Also
     * without verdicts it says that there are authorizers to be asked. No client sends it: the
     * gateway takes such headers out.
     */
    public static final String VERDICTS = "x-gantry-verdicts";

    /** The same with one header more. */
    public ApiCall with(String lowerCaseName, String value) {
        SortedMap<String, String> more = new TreeMap<>(headers);
        more.put(lowerCaseName, value);
        return new ApiCall(method, path, query, more, body, caller);
    }

    public String header(String lowerCaseName) {
        return headers.getOrDefault(lowerCaseName, "");
    }
}
