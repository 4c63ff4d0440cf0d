package dev.gantry.local.pki;

import java.util.List;

/**
 * Whom a certificate is for.
 *
 * @param fileName of the {@code .crt} and {@code .key} pair
 * @param addresses DNS names and IP addresses that it may serve as; empty for a pure client
 */
public record Identity(
        String fileName, String commonName, List<String> organizations, List<String> addresses) {}
