package dev.gantry.gateway.aggregation;

/**
 * Whom a connection to an extension server has to reach.
 *
 * @param name of the server, which its certificate must be for
 * @param authority PEM; those that the system trusts where it is empty
 * @param isChecked whether the certificate is looked at at all
 */
public record ServerTrust(String name, String authority, boolean isChecked) {}
