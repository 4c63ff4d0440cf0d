package dev.gantry.model.exchange;

import java.util.SortedMap;

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
    public String header(String lowerCaseName) {
        return headers.getOrDefault(lowerCaseName, "");
    }
}
