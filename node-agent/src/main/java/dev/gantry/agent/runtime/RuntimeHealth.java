package dev.gantry.agent.runtime;

/** The messages say why not, and are empty where all is well. */
public record RuntimeHealth(
        boolean isReady, String message, boolean isNetworkReady, String networkMessage) {}
