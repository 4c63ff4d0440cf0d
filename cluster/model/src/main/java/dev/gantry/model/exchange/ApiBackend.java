package dev.gantry.model.exchange;

/**
 * The door of the state service. In one JVM the gateway calls it directly; between processes an
 * HTTP hop stands in for it.
 */
public interface ApiBackend {
    /**
     * Blocks, on a virtual thread, until the reply is ready. Never throws for a client's mistake.
     */
    ApiReply serve(ApiCall call);
}
