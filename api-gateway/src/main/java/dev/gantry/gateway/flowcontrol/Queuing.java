package dev.gantry.gateway.flowcontrol;

/**
 * The queues of a level.
 *
 * @param queues how many there are; none where requests are rejected instead of queued
 * @param handSize how many of them one flow may use
 * @param longest how many requests each of them holds
 */
public record Queuing(int queues, int handSize, int longest) {
    static final Queuing NONE = new Queuing(0, 0, 0);

    public boolean isReject() {
        return queues == 0;
    }
}
