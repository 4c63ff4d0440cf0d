package dev.gantry.agent.runtime;

/** How to log in to a registry; either user and password, or a token. */
public record RegistryCredentials(
        String user, String password, String server, String identityToken) {
    @Override
    public String toString() {
        return "RegistryCredentials[" + user + " at " + server + "]";
    }
}
