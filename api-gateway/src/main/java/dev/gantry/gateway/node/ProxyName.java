package dev.gantry.gateway.node;

import java.util.Optional;

/**
 * The name in a proxy path: {@code name}, {@code name:port} or {@code scheme:name:port}.
 *
 * @param scheme http or https
 * @param port a number, the name of a port, or empty
 */
public record ProxyName(String scheme, String name, String port) {
    /** Empty where it is none of the three. */
    public static Optional<ProxyName> parse(String text) {
        String[] parts = text.split(":", -1);
        return switch (parts.length) {
            case 1 -> valid("", parts[0], "");
            case 2 -> valid("", parts[0], parts[1]);
            case 3 -> valid(parts[0], parts[1], parts[2]);
            default -> Optional.empty();
        };
    }

    private static Optional<ProxyName> valid(String scheme, String name, String port) {
        boolean isKnown = scheme.isEmpty() || scheme.equals("http") || scheme.equals("https");
        return name.isEmpty() || !isKnown
                ? Optional.empty()
                : Optional.of(new ProxyName(scheme.isEmpty() ? "http" : scheme, name, port));
    }
}
